"""The command that explains a case by its number."""

from __future__ import annotations

from typer.testing import CliRunner

from linli.kernel.cases.samples import sample_flows
from linli.kernel.cases.tests.conftest import staffed
from linli.kernel.cases.tests.test_moves import granted
from linli.site.command import app


def test_a_case_is_explained_by_its_number(db):
    with sample_flows():
        case = granted(staffed())
        answer = CliRunner().invoke(app, ["explain", case.number])
    assert answer.exit_code == 0
    for words in (case.number, "第1号决定", "符合条件（《示例办法》第四条）", "内容相符", "起算，期限20个工作日"):
        assert words in answer.stdout


def test_an_unknown_number_is_a_fault(db):
    answer = CliRunner().invoke(app, ["explain", "示〔2010〕999999"])
    assert answer.exit_code == 1
    assert "没有找到编号" in str(answer.exception) and not answer.stdout
