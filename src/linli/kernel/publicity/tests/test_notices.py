"""A notice shows lawful fields for its lawful days, and a case goes on only after them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from linli.base.days import Term
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import Forbidden, Refused, Role, Stale
from linli.kernel.access.samples import make_staff
from linli.kernel.publicity import actions, queries
from linli.kernel.publicity.models import Notice, NoticeItem, PublishedItem, PublishedNotice
from linli.kernel.publicity.rules import Entry, MessageKind, NotLawful, Place, Who
from linli.kernel.publicity.samples import make_draft, make_entries, make_notice
from linli.kernel.publicity.tests.conftest import DAY

LAST = date(2010, 12, 17)
NEXT = LAST + timedelta(days=1)


def refuse(**words):
    raise Refused("办件已办结。")


def machine():
    return machine_actor("take_down", "370404000000")


def passed(actor, case="sample:1", on=NEXT):
    with scoped(actor):
        return queries.notice_passed(case, on)


def test_a_notice_is_on_show_from_the_day_after_publication_for_all_days_of_its_term(reviewer):
    shown = make_notice(reviewer, DAY)
    assert (shown.published_on, shown.since, shown.until) == (DAY, date(2010, 12, 11), LAST)
    assert (shown.until - shown.since).days + 1 == 7


def test_the_term_in_force_may_differ_from_that_of_the_kind(reviewer):
    assert make_notice(reviewer, DAY, term=Term("calendar", 5)).until == date(2010, 12, 15)


def test_title_and_lead_are_written_from_the_kinds_words(reviewer):
    draft = make_draft(reviewer, DAY)
    assert draft.title == "坛山街道情暖万家救助对象公示"
    with pytest.raises(Refused, match="还缺少project"):
        make_draft(reviewer, DAY, entries=make_entries(start=50), words={})


def test_the_copies_hold_the_lawful_fields_and_nothing_of_the_staffs_side(reviewer):
    shown = make_notice(reviewer, DAY)
    with scoped(reviewer):
        copy = PublishedNotice.objects.get(pk=shown.pk)
        rows = list(PublishedItem.objects.filter(notice=copy).order_by("number").values_list("row", flat=True))
    assert rows[0] == {"name": "张桂兰", "village": "坛山社区", "amount": "500.00"}
    assert len(rows) == copy.item_count == 3
    columns = {field.name for model in (PublishedNotice, PublishedItem) for field in model._meta.local_fields}
    assert not columns & {"case", "person", "household", "drafted_by", "published_by"}


def test_a_notice_for_the_board_alone_is_not_copied_to_the_public_pages(reviewer):
    shown = make_notice(reviewer, DAY, places=[Place.BOARD])
    with scoped(reviewer):
        assert not PublishedNotice.objects.filter(pk=shown.pk).exists()


def test_a_place_that_the_kind_does_not_name_is_refused(reviewer):
    with pytest.raises(Refused, match="不能公示在显示屏"):
        make_draft(reviewer, DAY, places=[Place.SCREEN])


def test_a_draft_is_not_public(reviewer):
    make_draft(reviewer, DAY)
    with scoped(reviewer):
        assert not PublishedNotice.objects.exists()


def test_a_draft_is_published_once(reviewer):
    draft = make_draft(reviewer, DAY)
    actions.publish(by=reviewer, on=DAY, notice=draft)
    with pytest.raises(Stale):
        actions.publish(by=reviewer, on=DAY, notice=draft)


def test_a_kind_that_nobody_declares_cannot_be_published(reviewer):
    with pytest.raises(Refused, match="须先有法定公示项目"):
        make_draft(reviewer, DAY, kind="child.orphans")


def test_a_community_worker_may_draft_but_not_publish(reviewer):
    worker = make_staff("li", area="370404001001")
    draft = make_draft(worker, DAY, area="370404001001")
    with pytest.raises(Forbidden, match="没有“发布公示”的权限"):
        actions.publish(by=worker, on=DAY, notice=draft)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"id_number": "990404195001010018"}, "不在“救助对象公示”的法定公示项目内"),
        ({"village": "坛山社区 13812345678"}, "第1行“所在村居”中含有手机号"),
        ({"village": "坛山社区3号楼2单元"}, "门牌地址"),
        ({"name": Who("张 990404195001010018", minor=False)}, "身份证号"),
        ({"name": "张桂兰"}, "应写明姓名和是否未成年"),
    ],
)
def test_what_the_list_does_not_allow_is_refused_at_the_draft(reviewer, row, why):
    with pytest.raises(NotLawful, match=why):
        make_draft(reviewer, DAY, entries=make_entries(1, **row))


def test_personal_data_in_the_title_is_refused(reviewer):
    with pytest.raises(NotLawful, match="标题中含有手机号"):
        make_draft(reviewer, DAY, words={"project": "情暖万家（咨询13812345678）"})


def test_a_private_mobile_number_is_no_office_contact(reviewer):
    with pytest.raises(NotLawful, match="受理方式中含有手机号"):
        make_draft(reviewer, DAY, contact="找刘某13812345678")
    assert make_draft(reviewer, DAY, contact="峄州路12号民政办，0632-7711234").pk


def test_publishing_scans_once_more_whatever_stands_in_the_draft(reviewer):
    draft = make_draft(reviewer, DAY)
    with scoped(reviewer):
        NoticeItem.objects.create(notice=draft, number=9, case="sample:9", row={"name": "李明 990404195001010018"})
    with pytest.raises(NotLawful, match="第9行含有身份证号"):
        actions.publish(by=reviewer, on=DAY, notice=draft)
    with scoped(reviewer):
        other = make_draft(reviewer, DAY, entries=make_entries(start=50))
        Notice.objects.filter(pk=other.pk).update(title="咨询13812345678")
    with pytest.raises(NotLawful, match="标题中含有手机号"):
        actions.publish(by=reviewer, on=DAY, notice=other)
    with scoped(reviewer):
        assert not PublishedNotice.objects.exists() and set(queries.notices().values_list("state", flat=True)) == {"draft"}


def test_the_database_itself_keeps_what_no_list_names_out_of_a_line_and_out_of_the_public_copies(reviewer):
    shown, draft = make_notice(reviewer, DAY), make_draft(reviewer, DAY, entries=make_entries(start=50))
    copy = PublishedNotice(pk=shown.pk)
    attempts = [
        lambda: NoticeItem.objects.create(notice=draft, number=9, case="sample:9", row={"name": "李明", "illness": "尿毒症"}),
        lambda: PublishedItem.objects.create(notice=copy, number=9, row={"name": "李明"}),
        lambda: PublishedItem.objects.create(notice=copy, number=1, row={"name": "李明 13812345678"}),
    ]
    for attempt in attempts:
        with scoped(reviewer), pytest.raises(IntegrityError), transaction.atomic():
            attempt()


def test_an_empty_list_and_a_case_twice_are_refused(reviewer):
    from linli.kernel.publicity.samples import SAMPLE_KIND

    with pytest.raises(Refused, match="没有可以公示的对象"):
        actions.draft_notice(
            by=reviewer, on=DAY, kind=SAMPLE_KIND.key, area="370404001000", area_name="坛山街道", issuer="办事处",
            contact="窗口", entries=[], words={"project": "x"},
        )  # fmt: skip
    one = make_entries(1)[0]
    with pytest.raises(Refused, match="出现了两次"):
        make_draft(reviewer, DAY, entries=[one, one])


def test_a_case_is_not_on_show_twice_at_one_time(reviewer):
    first = make_notice(reviewer, DAY)
    with pytest.raises(Refused, match=f"已在第{first.number}号"):
        make_draft(reviewer, DAY)


def test_a_case_goes_on_the_day_after_the_last_day_and_not_before(reviewer):
    make_notice(reviewer, DAY)
    assert not passed(reviewer, on=LAST)
    assert passed(reviewer, on=NEXT)
    assert not passed(reviewer, case="sample:99")


def test_taking_down_removes_the_copies_the_day_after_the_last_day(reviewer):
    shown = make_notice(reviewer, DAY)
    assert actions.take_down_due(by=machine(), on=LAST) == 0
    with scoped(reviewer):
        assert PublishedItem.objects.count() == 3
    assert actions.take_down_due(by=machine(), on=NEXT) == 1
    assert actions.take_down_due(by=machine(), on=NEXT) == 0
    with scoped(reviewer):
        shown.refresh_from_db()
        assert not PublishedNotice.objects.exists() and not PublishedItem.objects.exists()
    assert (shown.state, shown.ended_on) == ("down", NEXT)
    assert passed(reviewer)


def test_a_withdrawn_notice_leaves_the_public_pages_at_once_and_its_cases_were_not_shown(reviewer):
    shown = make_notice(reviewer, DAY)
    with pytest.raises(Refused, match="撤回的原因"):
        actions.withdraw_notice(by=reviewer, on=DAY, notice=shown, why=" ")
    actions.withdraw_notice(by=reviewer, on=DAY, notice=shown, why="金额有误")
    with scoped(reviewer):
        assert not PublishedItem.objects.exists()
    assert not passed(reviewer)
    again = make_notice(reviewer, DAY)
    assert again.pk != shown.pk and passed(reviewer)


def test_a_withdrawn_draft_does_not_undo_an_earlier_notice(reviewer):
    make_notice(reviewer, DAY)
    actions.take_down_due(by=machine(), on=NEXT)
    draft = make_draft(reviewer, NEXT)
    actions.withdraw_notice(by=reviewer, on=NEXT, notice=draft, why="重复")
    assert passed(reviewer, on=NEXT)


def test_missed_days_are_added_while_the_notice_hangs(reviewer):
    shown = make_notice(reviewer, DAY)
    longer = actions.extend_notice(by=reviewer, on=LAST, notice=shown, days=2, why="公示栏被大风损坏")
    assert (longer.until, longer.extended_days) == (date(2010, 12, 19), 2)
    with scoped(reviewer):
        assert PublishedNotice.objects.get().until == date(2010, 12, 19)
    assert not passed(reviewer, on=NEXT)
    with pytest.raises(Stale):
        actions.extend_notice(by=reviewer, on=LAST, notice=longer, days=2, why="公示栏被大风损坏", known=LAST)
    with pytest.raises(Refused, match="公示期已满"):
        actions.extend_notice(by=reviewer, on=date(2010, 12, 20), notice=longer, days=1, why="停电")


def test_an_open_objection_holds_its_own_case_only(reviewer, heard):
    shown = make_notice(reviewer, DAY)
    objection = actions.receive_objection(by=reviewer, on=DAY, notice=shown, item_number=1, text="他家有轿车。")
    assert not passed(reviewer) and passed(reviewer, case="sample:2")
    assert heard[-1].cases == ("sample:1",) and heard[-1].state == "received"
    actions.accept_objection(by=reviewer, on=DAY, objection=objection)
    assert heard[-1].state == "accepted" and not passed(reviewer)
    actions.answer_objection(by=reviewer, on=DAY, objection=objection, upheld=False, outcome="经核查，轿车系邻居所有。")
    assert passed(reviewer)


def test_an_objection_to_the_whole_notice_holds_every_case(reviewer, heard):
    shown = make_notice(reviewer, DAY)
    objection = actions.receive_objection(by=reviewer, on=DAY, notice=shown, text="公示栏没有张贴。")
    assert heard[-1].cases == ("sample:1", "sample:2", "sample:3")
    assert not passed(reviewer) and not passed(reviewer, case="sample:3")
    actions.dismiss_objection(by=reviewer, on=DAY, objection=objection, outcome="已张贴，有照片为证。")
    assert passed(reviewer)


def test_an_upheld_objection_means_that_the_case_has_not_passed(reviewer):
    shown = make_notice(reviewer, DAY)
    objection = actions.receive_objection(by=reviewer, on=DAY, notice=shown, item_number=1, text="他家有轿车。")
    actions.answer_objection(by=reviewer, on=DAY, objection=objection, upheld=True, outcome="属实，取消资格。")
    assert not passed(reviewer) and passed(reviewer, case="sample:2")


def test_a_line_whose_objection_is_upheld_leaves_the_public_page_and_may_be_shown_anew(reviewer):
    shown = make_notice(reviewer, DAY)
    objection = actions.receive_objection(by=reviewer, on=DAY, notice=shown, item_number=1, text="金额不对。")
    actions.answer_objection(by=reviewer, on=DAY, objection=objection, upheld=True, outcome="属实，更正后重新公示。")
    with scoped(reviewer):
        assert list(PublishedItem.objects.order_by("number").values_list("number", flat=True)) == [2, 3]
        assert PublishedNotice.objects.get().item_count == 2
    again = make_notice(reviewer, date(2010, 12, 11), entries=make_entries(1))
    assert not passed(reviewer, on=NEXT) and passed(reviewer, on=again.until + timedelta(days=1))


def test_the_domain_is_told_when_its_notice_goes_up_gets_days_is_withdrawn_or_comes_down(reviewer, watched):
    draft = make_draft(reviewer, DAY)
    assert not watched
    shown = actions.publish(by=reviewer, on=DAY, notice=draft)
    actions.extend_notice(by=reviewer, on=DAY, notice=shown, days=1, why="停电")
    actions.withdraw_notice(by=reviewer, on=DAY, notice=shown, why="金额有误")
    make_notice(reviewer, DAY)
    actions.take_down_due(by=machine(), on=NEXT)
    assert [event.state for event in watched] == ["up", "up", "withdrawn", "up", "down"]
    assert [event.until for event in watched[:2]] == [LAST, NEXT] and watched[0].cases == ("sample:1", "sample:2", "sample:3")


def test_a_withdrawn_draft_is_told_to_nobody(reviewer, watched):
    actions.withdraw_notice(by=reviewer, on=DAY, notice=make_draft(reviewer, DAY), why="重复")
    assert not watched


def test_an_enquiry_holds_nothing(reviewer, heard):
    shown = make_notice(reviewer, DAY)
    enquiry = actions.receive_objection(by=reviewer, on=DAY, notice=shown, text="怎么申请？", kind=MessageKind.ENQUIRY)
    assert passed(reviewer) and not heard
    with pytest.raises(Refused, match="不需要核查"):
        actions.accept_objection(by=reviewer, on=DAY, objection=enquiry)
    assert actions.answer_objection(by=reviewer, on=DAY, objection=enquiry, outcome="请到村居申请。").upheld is None


def test_an_objection_is_answered_with_reasons_and_once(reviewer):
    shown = make_notice(reviewer, DAY)
    objection = actions.receive_objection(by=reviewer, on=DAY, notice=shown, item_number=1, text="不符合条件。")
    assert objection.due == date(2010, 12, 17)  # five working days after Friday the tenth
    with pytest.raises(Refused, match="是否成立"):
        actions.answer_objection(by=reviewer, on=DAY, objection=objection, outcome="好")
    with pytest.raises(Refused, match="处理结果"):
        actions.answer_objection(by=reviewer, on=DAY, objection=objection, outcome=" ", upheld=True)
    actions.answer_objection(by=reviewer, on=DAY, objection=objection, outcome="不属实。", upheld=False)
    with pytest.raises(Stale):
        actions.answer_objection(by=reviewer, on=DAY, objection=objection, outcome="又", upheld=True)


def test_an_objection_names_a_line_that_the_notice_has(reviewer):
    shown = make_notice(reviewer, DAY)
    with pytest.raises(Refused, match="没有第9号"):
        actions.receive_objection(by=reviewer, on=DAY, notice=shown, item_number=9, text="不对")
    with pytest.raises(Refused, match="没有填写内容"):
        actions.receive_objection(by=reviewer, on=DAY, notice=shown, text="  ")


def test_a_listener_that_refuses_undoes_the_change(reviewer, kinds, monkeypatch):
    shown = make_notice(reviewer, DAY)
    monkeypatch.setattr(apps.get_app_config("publicity"), "objection_listeners", {kinds.key: f"{refuse.__module__}.refuse"})
    queries.listeners.cache_clear()
    with pytest.raises(Refused, match="办件已办结"):
        actions.receive_objection(by=reviewer, on=DAY, notice=shown, item_number=1, text="不符合条件。")
    with scoped(reviewer):
        assert not queries.objections().exists()


def test_the_staff_of_another_town_see_neither_notice_nor_objection(reviewer):
    shown = make_notice(reviewer, DAY)
    actions.receive_objection(by=reviewer, on=DAY, notice=shown, text="不符合条件。")
    other = make_staff("ma", "马审核", Role.TOWN_REVIEWER, "370404002000")
    with scoped(other):
        assert not queries.notices().exists() and not queries.objections().exists()
        assert queries.notice(shown.pk) is None
        assert not PublishedNotice.objects.exists()
        assert not queries.notice_passed("sample:1", NEXT)
    with pytest.raises(Stale):
        actions.withdraw_notice(by=other, on=DAY, notice=shown, why="看不惯")
    with scoped(reviewer):
        assert Notice.objects.get().state == "up" and PublishedItem.objects.count() == 3


def test_a_notice_cannot_be_put_up_for_another_town(reviewer):
    with pytest.raises(Refused, match="不在本辖区内"):
        make_draft(reviewer, DAY, area="370404002000")


def test_the_standing_of_many_cases_costs_a_fixed_number_of_queries(reviewer, django_assert_num_queries):
    make_notice(reviewer, DAY, entries=make_entries(40))
    cases = [f"sample:{number}" for number in range(1, 60)]
    with scoped(reviewer), django_assert_num_queries(3):
        assert len(queries.notices_passed(cases, NEXT)) == 40


def test_lines_without_a_case_may_be_published(reviewer):
    rows = [Entry("", entry.row) for entry in make_entries(2)]
    assert make_notice(reviewer, DAY, entries=rows).item_count == 2
