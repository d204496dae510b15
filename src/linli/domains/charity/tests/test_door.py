"""The application at the door: finding the family, choosing the campaign, and what each project asks, no more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.domains.charity import actions, queries
from linli.domains.charity.rules import PROJECTS
from linli.domains.charity.samples import COMMUNITY, DAY, carry, make_application, make_campaign, make_family, make_office
from linli.domains.charity.tests.test_pages import apply_at_the_door, client_of, december, key_in, number_of, text_of  # noqa: F401
from linli.kernel.access.actions import scoped
from linli.kernel.access.models import AuditLine
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import make_staff
from linli.kernel.cases.queries import case_by_id, papers
from linli.kernel.files.samples import PNG
from linli.kernel.ledgers.actions import claim_benefit
from linli.kernel.registry.actions import add_bank_account, record_death
from linli.kernel.registry.queries import household_of, members_of
from linli.kernel.registry.samples import make_person

NEW = "/charity/applications/new/"


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def campaign(office):
    return make_campaign(office)


def find(words, where=NEW):
    return client_of("li").post(where, {"words": words}, follow=True)


@pytest.mark.parametrize("words", ["李小明", "lxm", "{number}", "{tail}", "李小明 和顺"])
def test_a_family_is_found_by_whatever_the_worker_has_in_hand(office, campaign, words):
    head = make_family(office, address="和顺路3号") if "和顺" in words else make_family(office)
    number = number_of(office, head)
    answer = find(words.format(number=number, tail=number[-4:]))
    assert campaign.title in text_of(answer) and "李小明" in text_of(answer)


def test_several_people_of_one_name_are_told_apart_by_household_address_and_masked_number(office, campaign):
    first, second = make_family(office, names=("王建国", "赵玉兰")), make_family(office, names=("王建国", "钱秀英"))
    answer = find("王建国")
    page, address = text_of(answer), answer.redirect_chain[-1][0]
    assert "赵玉兰" in page and "钱秀英" in page and "请选择申请人" in page
    assert all(number_of(office, one) not in page for one in (first, second))
    assert "王建国" not in address and "found=" in address
    assert f'href="{NEW}{first.pk}/"' in page and f'href="{NEW}{second.pk}/"' in page


def test_no_number_comes_into_an_address_or_into_the_trail(office, campaign):
    number = number_of(office, make_family(office))
    answer = find(number)
    assert all(number not in address for address, _ in answer.redirect_chain)
    with scoped(office.worker):
        assert AuditLine.objects.filter(verb="charity.find").count() == 1
        assert not any(number in str((line.subject, line.purpose, line.facts)) for line in AuditLine.objects.all())


@pytest.mark.parametrize("words", ["990404199001010000", "查无此人", "9999"])
def test_who_is_not_registered_here_is_said_plainly_and_what_was_typed_stays(office, campaign, words):
    answer = find(words)
    assert answer.status_code == 422
    assert "没有找到" in text_of(answer) and words in text_of(answer)


def test_an_empty_box_and_an_old_find_say_what_to_do(office, campaign):
    assert "请填写申请人" in text_of(find(""))
    assert "请重新查找" in text_of(client_of("li").get(NEW + "?found=never", follow=True))


def test_a_family_of_another_town_is_not_found(office, campaign):
    make_staff("wai", "外镇周", Role.COMMUNITY_WORKER, "370404102201")
    head = make_family(office)
    wai = client_of("wai")
    assert wai.post(NEW, {"words": number_of(office, head)}).status_code == 422
    assert wai.get(f"{NEW}{head.pk}/").status_code == wai.get(f"{NEW}{head.pk}/{campaign.pk}/").status_code == 404


def test_a_campaign_that_was_chosen_first_is_kept_until_the_person_is_found(office, campaign):
    head = make_family(office)
    page = text_of(client_of("li").get(f"/charity/campaigns/{campaign.pk}/"))
    assert f'href="{NEW}?campaign={campaign.pk}"' in page
    answer = find("李小明", f"{NEW}?campaign={campaign.pk}")
    assert answer.redirect_chain[-1][0] == f"{NEW}{head.pk}/{campaign.pk}/"


def test_only_open_campaigns_can_be_chosen_and_the_others_say_why_not(office, campaign):
    closed, late = make_campaign(office, "chao_shi"), make_campaign(office, "zhu_can", year=2011)
    actions.close_campaign(by=office.clerk, on=DAY, campaign=closed)
    head = make_family(office)
    page = text_of(client_of("li").get(f"{NEW}{head.pk}/"))
    assert f'href="{NEW}{head.pk}/{campaign.pk}/"' in page
    assert f"{NEW}{head.pk}/{closed.pk}/" not in page and "慈善超市救助卡：已停止受理" in page
    assert f"{NEW}{head.pk}/{late.pk}/" not in page and "受理时间是2011-01-01至2011-12-31" in page
    assert client_of("li").get(f"{NEW}{head.pk}/{closed.pk}/")["location"] == f"{NEW}{head.pk}/"


def test_a_campaign_of_another_towns_branch_is_not_for_this_community(office):
    other = make_staff("branch", "古邵分会", Role.FEDERATION_CLERK, "370404100000")
    words = {"project": "chao_shi", "year": 2010, "opens_on": DAY, "closes_on": DAY + timedelta(days=9)}
    theirs = actions.open_campaign(by=other, on=DAY, **words)
    head = make_family(office)
    assert "只受理古邵镇居民的申请" in text_of(client_of("li").get(f"{NEW}{head.pk}/"))
    answer = client_of("li").post(f"{NEW}{head.pk}/{theirs.pk}/", {"_key": "k", "got_form": "on"})
    assert answer.status_code == 422 and "只受理古邵镇居民的申请" in text_of(answer)


def test_an_earlier_application_of_the_household_is_named_before_anything_is_written(office, campaign):
    head = make_family(office)
    one = make_application(office, campaign, head)
    with scoped(office.worker):
        wife = members_of(household_of(head, DAY), DAY)[1]
    page = text_of(client_of("li").get(f"{NEW}{wife.pk}/"))
    assert f"本户已有申请 <a href=\"/charity/applications/{one.pk}/\">" in page
    assert f"{NEW}{wife.pk}/{campaign.pk}/" not in page


def test_a_family_that_was_helped_by_an_excluding_project_is_warned_before_anything_is_written(office, campaign):
    ill, head = make_campaign(office, "da_bing"), make_family(office)
    carry(office, make_application(office, campaign, head))
    for address in (f"{NEW}{head.pk}/", f"{NEW}{head.pk}/{ill.pk}/"):
        page = text_of(client_of("li").get(address))
        assert "享受“情暖万家”（2010），不能重复享受" in page and "该户本年度已享受" not in page, address


def test_help_in_another_town_is_said_with_the_town_and_no_more(office, campaign):
    head = make_family(office)
    with scoped(office.approver):
        claim_benefit(
            by=office.approver, on=DAY, group="charity.qing_nuan", period="2010", persons=[head.pk], source="charity.grant:x",
            area="370404100201",
        )  # fmt: skip
    page = text_of(client_of("li").get(f"{NEW}{head.pk}/{campaign.pk}/"))
    assert "已在古邵镇登记享受“情暖万家”（2010）" in page and "370404100201" not in page


def test_who_lacks_the_disability_is_warned_and_may_still_apply(office):
    disabled, head = make_campaign(office, "zhu_can"), make_family(office)
    page = text_of(client_of("li").get(f"{NEW}{head.pk}/"))
    assert "申请人本人没有已认定的残疾" in page and f"{NEW}{head.pk}/{disabled.pk}/" in page


def test_a_used_up_quota_is_said_at_once(office, campaign):
    actions.set_quota(by=office.clerk, on=DAY, campaign=campaign, place="370404001000", count=0)
    assert "名额已用完" in text_of(client_of("li").get(f"{NEW}{make_family(office).pk}/"))


def test_the_dead_cannot_apply(office, campaign):
    head = make_family(office)
    record_death(by=office.worker, on=DAY, person_id=head.pk, day=DAY)
    page = text_of(client_of("li").get(f"{NEW}{head.pk}/"))
    assert "申请人已去世" in page and f"{NEW}{head.pk}/{campaign.pk}/" not in page


def test_the_account_and_the_numbers_are_shown_masked(office, campaign):
    head = make_family(office)
    address = f"{NEW}{head.pk}/{campaign.pk}/"
    assert "没有登记，发放前须" in text_of(client_of("li").get(address))
    add_bank_account(by=office.worker, on=DAY, person_id=head.pk, bank="枣庄银行", number="6222029900000000019")
    page = text_of(client_of("li").get(address))
    assert "枣庄银行" in page and "0019" in page and "6222029900000000019" not in page and number_of(office, head) not in page


def test_a_person_without_household_is_first_entered_as_one(office, campaign):
    lone = make_person(office.worker, DAY, "独居老", COMMUNITY)
    page = text_of(client_of("li").get(f"{NEW}{lone.pk}/"))
    assert "独居老还没有立户" in page and f"{NEW}{lone.pk}/{campaign.pk}/" not in page
    assert f'href="/people/{lone.pk}/' in page, "the way to mend it"


ASKED = {
    "qing_nuan": {"need", "statement", "got_form", "photo_form", "got_proof", "photo_proof"},
    "da_bing": {"need", "illness", "own_cost", "statement", "got_form", "photo_form", "got_diagnosis", "photo_diagnosis",
                "got_bill", "photo_bill"},
    "yuan_meng": {"statement", "got_form", "photo_form", "got_admission", "photo_admission"},
    "zhu_can": {"aid", "statement", "got_form", "photo_form", "got_disability", "photo_disability"},
    "chao_shi": {"statement", "got_form", "photo_form"},
}  # fmt: skip


@pytest.mark.parametrize("project", PROJECTS)
def test_a_project_asks_what_it_needs_and_nothing_else(project):
    from linli.domains.charity.forms import Apply

    assert set(Apply(project=PROJECTS[project], grade="41").fields) == ASKED[project]


def test_an_aid_is_offered_only_to_whom_it_fits():
    from linli.domains.charity.forms import Apply

    aids = {grade: Apply(project=PROJECTS["zhu_can"], grade=grade).fields.get("aid") for grade in ("41", "21", "51", "")}
    assert [key for key, _ in aids["41"].choices] == ["", "wheelchair", "crutches"]
    assert [key for key, _ in aids["21"].choices] == ["", "hearing_aid"]
    assert aids["51"] is None and aids[""] is None


BAD = [
    ("da_bing", {"need": "illness", "own_cost": "20000"}, "请选择病种"),
    ("da_bing", {"need": "illness", "illness": "cold", "own_cost": "1"}, "病种中没有“cold”这一项"),
    ("da_bing", {"need": "illness", "illness": "tumour", "own_cost": "两万三"}, "两万三"),
    ("da_bing", {"need": "illness", "illness": "tumour", "own_cost": "-5"}, "自付医疗费用"),
    ("da_bing", {"need": "illness", "illness": "tumour"}, "请填写自付医疗费用"),
    ("da_bing", {"illness": "tumour", "own_cost": "1"}, "请选择申请事由"),
    ("qing_nuan", {"need": "study"}, "申请事由中没有“study”这一项"),
    ("zhu_can", {"aid": "hearing_aid"}, "申请辅具中没有“hearing_aid”这一项"),
    ("chao_shi", {"statement": "长" * 1001}, "不能超过1000个字"),
    ("chao_shi", {"statement": "a\x00b"}, "不能识别的字符"),
]


@pytest.mark.parametrize(("project", "words", "said"), BAD)
def test_a_wrong_answer_is_named_and_nothing_is_lost(office, project, words, said):
    campaign, head = make_campaign(office, project), make_family(office, status="disabled")
    words = {"statement": "住院三个月", "got_form": "on"} | words
    address = f"{NEW}{head.pk}/{campaign.pk}/"
    answer = client_of("li").post(address, words | {"_key": "k"})
    assert answer.status_code == 422 and said in text_of(answer)
    assert words["statement"].replace("\x00", "") in text_of(answer).replace("\x00", "")
    with scoped(office.worker):
        assert queries.applications().count() == 0


def test_what_a_project_does_not_ask_is_not_taken(office, campaign):
    answer, _ = apply_at_the_door(office, campaign, make_family(office), illness="tumour", own_cost="99999", aid="wheelchair")
    with scoped(office.worker):
        one = queries.applications().get()
    assert answer.status_code == 302 and (one.illness, one.own_cost, one.aid) == ("", 0, "")


def test_a_photo_counts_as_the_paper_and_is_kept_beside_the_case(office):
    campaign, head = make_campaign(office, "yuan_meng"), make_family(office)
    answer, _ = apply_at_the_door(office, campaign, head, photo_admission=SimpleUploadedFile("通知书.png", PNG, "image/png"))
    with scoped(office.worker):
        one = queries.applications().get()
        came = {paper.key: paper for paper in papers(one.case) if paper.received_on}
    assert answer.status_code == 302 and one.enrolled
    assert came.keys() == {"form", "admission"} and came["admission"].file and not came["form"].file
    page = client_of("li").get(f"/files/{came['admission'].file}/")
    assert page.status_code == 200


def test_a_photo_that_is_none_is_refused_and_says_that_it_must_be_chosen_again(office):
    campaign, head = make_campaign(office, "yuan_meng"), make_family(office)
    no_picture = SimpleUploadedFile("通知书.png", b"MZ\x90 not a picture")
    answer, _ = apply_at_the_door(office, campaign, head, photo_admission=no_picture)
    assert answer.status_code == 422 and "录取通知书照片" in text_of(answer) and "请重新选择" in text_of(answer)


def test_missing_papers_are_told_once_at_the_end_with_a_notice_to_print(office):
    campaign, head = make_campaign(office, "da_bing"), make_family(office)
    words = {"need": "illness", "illness": "tumour", "own_cost": "30000", "got_diagnosis": "on"}
    answer, _ = apply_at_the_door(office, campaign, head, **words)
    li = client_of("li")
    page = text_of(li.get(answer["location"]))
    assert "还缺：医疗费用结算单" in page and "一次性告知" in page
    notice = next(link for link in page.split('href="') if link.startswith("/cases/") and "/notice" in link).split('"')[0]
    assert "医疗费用结算单" in text_of(li.get(notice))
    with scoped(office.worker):
        case = case_by_id(queries.applications().get().case_id)
    assert case.stop == "papers", "the clock waits for the family"


def test_a_town_reviewer_takes_an_application_and_the_community_tells_what_is_missing(office):
    campaign, head = make_campaign(office, "da_bing"), make_family(office)
    zhao, address = client_of("zhao"), f"{NEW}{head.pk}/{campaign.pk}/"
    words = {"_key": key_in(zhao.get(address)), "need": "illness", "illness": "tumour", "own_cost": "30000", "got_form": "on"}
    answer = zhao.post(address, words)
    assert answer.status_code == 302
    with scoped(office.reviewer):
        assert not queries.applications().get().case.stop


def test_the_same_form_sent_twice_is_one_application(office, campaign):
    head, li = make_family(office), client_of("li")
    address = f"{NEW}{head.pk}/{campaign.pk}/"
    sent = {"_key": key_in(li.get(address)), "need": "hardship", "got_form": "on"}
    first, second = li.post(address, sent), li.post(address, sent)
    assert first["location"] == second["location"]
    late = li.post(address, sent | {"_key": "of an older page"})
    assert late.status_code == 422 and "一户只能申请一次" in text_of(late)
    with scoped(office.worker):
        assert queries.applications().count() == 1


def test_a_second_application_of_the_household_says_which_one_there_is_and_keeps_what_was_typed(office, campaign):
    head, li = make_family(office), client_of("li")
    with scoped(office.worker):
        wife = members_of(household_of(head, DAY), DAY)[1]
    address = f"{NEW}{wife.pk}/{campaign.pk}/"
    key = key_in(li.get(address))
    one = make_application(office, campaign, head)
    answer = li.post(address, {"_key": key, "need": "hardship", "statement": "请考虑", "got_form": "on"})
    assert answer.status_code == 422
    assert one.case.number in text_of(answer) and "一户只能申请一次" in text_of(answer) and "请考虑" in text_of(answer)


def test_what_was_typed_survives_the_end_of_the_session(office, campaign):
    head, li = make_family(office), client_of("li")
    address = f"{NEW}{head.pk}/{campaign.pk}/"
    key = key_in(li.get(address))
    session = li.session
    session["seen"] = session["since"] = 1
    session.save()
    typed = {"_key": key, "need": "accident", "statement": "夏天房屋被雨水冲塌", "got_form": "on"}
    assert li.post(address, typed)["location"].startswith("/sign-in/")
    from linli.kernel.access.samples import PASSWORD

    answer = li.post("/sign-in/", {"username": "li", "password": PASSWORD}, follow=True)
    page = answer if "夏天房屋" in text_of(answer) else li.get(address)
    assert "夏天房屋被雨水冲塌" in text_of(page) and "还没有提交" in text_of(page)
    assert li.post(address, typed | {"_key": key_in(page)}).status_code == 302


def test_a_correction_asks_only_what_the_project_asks(office, campaign):
    words = {"illness": "tumour", "own_cost": 1}
    ill = make_application(office, make_campaign(office, "da_bing"), make_family(office, names=("赵一",)), **words)
    poor = make_application(office, campaign, make_family(office, names=("钱二",)))
    zhao = client_of("zhao")
    page = text_of(zhao.get(f"/charity/applications/{ill.pk}/"))
    assert "自付医疗费用" in page and "已核对录取通知书" not in page
    assert "更正核实情况" not in text_of(zhao.get(f"/charity/applications/{poor.pk}/"))
