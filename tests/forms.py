"""What a person would type into the fields of the pages, where the page does not propose it."""

from __future__ import annotations

import re
from typing import Any

from linli.kernel.access.samples import PASSWORD

ANYWHERE = {
    "opinion": "情况属实。", "why": "情况有变化", "reason": "名单有误", "purpose": "核对名单", "note": "已核对", "memo": "到账",
    "document": "峄政〔2010〕1号", "basis": "峄慈决〔2010〕1号", "reference": "R-0001", "evidence": "证明", "source": "民政局",
    "address": "幸福路1号", "text": "请核实。", "outcome": "经核实，情况属实。", "name": "张小明", "title": "新的标题",
    "contact": "7711234", "amount": "1", "count": "1", "day": "2010-12-20", "since": "2010-12-20", "on": "2010-12-20",
    "number": "N-0001", "year": "2011", "signer": "本人", "signer_": "本人", "five_": "与申报一致",
}  # fmt: skip
NEW = "Linli-new-2011"
EACH: dict[str, dict[str, Any]] = {
    "areas/<str:code>/split/": {
        "parts": "370404001021 甲村\n370404001022 乙村", "rest": "370404001021", "homes": "1 370404001022",
    },
    "areas/<str:code>/turn/": {"code": "370404001050", "kind": "village"},
    "areas/merge/": {"olds": "370404001001\n370404001002", "code": "370404001030", "kind": "community"},
    "areas/new/": {"code": "370404001040", "kind": "community"},
    "assistance/applications/<int:application_id>/appraisal/": {
        "place": "社区会议室", "chair": "吴主任", "present": "20", "representatives": "15", "agreed": "18", "against": "1",
        "abstained": "1", "record": "逐户介绍情况后举手表决。",
    },
    "assistance/applications/<int:application_id>/check/paper/": {"answered_on": "2010-12-10", "until": "2011-06-10"},
    "assistance/applications/<int:application_id>/end/": {"how": "wish"},
    "assistance/applications/<int:application_id>/kin/": {"staff": "", "name": "何主任", "tie": "申请人之兄"},
    "assistance/applications/<int:application_id>/lines/new/": {
        "kind": "2", "number": "", "amount": "1200", "first": "2009-12", "last": "2010-11",
    },
    "assistance/applications/<int:application_id>/supporters/new/": {"tie": "女儿", "born": "1985-01-01", "income": "5000"},
    "assistance/applications/new/": {"number": "{number}"},
    "assistance/applications/new/<int:person_id>/": {"statement": "因病致贫。"},
    "assistance/applications/<int:application_id>/visits/new/<str:kind>/": {
        "visitors": "李社工、陈协管", "found": "房屋两间，无贵重物品。", "remote": "", "no_signature": "",
    },
    "assistance/trials/new/": {"dibao.standard.urban": "200"},
    "assistance/visits/<int:visit_id>/edit/": {"signer": "本人"},
    "audit/verify/": {"number": "", "digest": ""},
    "cases/<int:case_id>/ ask": {"papers": ["proof"], "others": "户口簿复印件"},
    "cases/<int:case_id>/ transfer": {"to": "370404001002"},
    "cases/tasks/delegate/": {"until": "2010-12-31"},
    "charity/applications/new/": {"words": "{number}"},
    "charity/applications/<int:application_id>/aid/": {"proof": "本人签字"},
    "charity/audits/<int:audit_id>/conclude/": {"conclusion": "基本合规", "summary": "未发现重大问题"},
    "charity/audits/<int:audit_id>/find/": {"demand": "补签", "due": "2011-01-10"},
    "charity/audits/findings/<int:finding_id>/": {"mend": "已补签"},
    "charity/campaigns/<int:campaign_id>/audits/new/": {"since": "2010-10-01", "until": "2010-12-20", "scope": "全过程"},
    "charity/campaigns/new/": {"closes_on": "2010-12-31", "project": "yuan_meng"},
    "concession/cards/<int:card_id>/replace/": {"number": "YH-801", "proof": "本人签领"},
    "concession/cards/<int:card_id>/visits/new/": {"receipt": "MZ-801", "price_registration": "10"},
    "concession/cards/new/": {"number": "{number}"},
    "concession/cards/new/<int:person_id>/": {"number": "YH-802", "proof": "本人签领"},
    "concession/hospitals/new/": {"paper": "峄慈医9号", "percent_bed": "10"},
    "concession/hospitals/publish/": {"contact": "区慈善总会"},
    "disability/claims/<int:claim_id>/care/": {"since": "2026-09", "amount": ""},
    "disability/claims/<int:claim_id>/end/": {"how": "wish"},
    "disability/claims/new/": {"number": "{number}"},
    "entitlements/<int:entitlement_id>/end/": {"since": "2010-12"},
    "entitlements/<int:entitlement_id>/resume/": {"words": "已联系上本人", "since": "2010-12"},
    "entitlements/<int:entitlement_id>/suspend/": {"since": "2010-12"},
    "entitlements/programmes/<slug:key>/funding/": {
        "component": "", "place": "", "paper": "峄财社〔2010〕12号", "value1": "100",
        **{f"fund{rank}": "" for rank in range(2, 6)},
    },
    "entitlements/runs/<int:run_id>/confirm/": {"count": "{count}", "amount": "{sum}"},
    "entitlements/runs/new/": {"programme": "tekun", "component": ""},
    "federation/<int:entry_id>/close/": {"what": "ended", "until": "2010-12-20"},
    "federation/<int:entry_id>/papers/new/": {"edition": "1", "passed": "2009-01-01", "meeting": "理事会", "title": "财务制度"},
    "federation/<int:entry_id>/people/new/": {"office": "council", "since": "2010-12-01", "term_until": ""},
    "federation/bulletins/<int:entry_id>/coverage/new/": {"outlet": "枣庄日报", "link": "http://www.example.cn/1.html"},
    "federation/bulletins/<int:entry_id>/questions/new/": {"asker": "枣庄日报", "question": "何时发放？", "answer": "节前。"},
    "federation/bulletins/new/": {"place": "区政府", "host": "吴善行", "heads": "", "day": "2010-12-20"},
    "federation/honours/<int:entry_id>/consent/": {"asked_on": "2010-12-20"},
    "federation/honours/<int:entry_id>/contact/": {"heard": "身体健康"},
    "federation/honours/new/": {"number": "", "title": "爱心企业", "body": "区政府", "minor": "0", "unit": "1"},
    "federation/new/": {
        "level": "station", "name": "慈善工作站", "founded": "2010-01-01", "approval": "峄民字〔2010〕2号", "phone": "",
        "approver": "区民政局", "person": "褚德厚",
    },
    "fundraising/campaigns/new/": {
        "kind": "one_day", "aim": "扶贫济困", "until": "2011-12-31", "since": "2011-05-01", "place": "峄城区",
        "responsible": "周慈善", "account": "专户", "beneficiary": "困难家庭", "use": "慰问", "cost": "1", "surplus": "转入下年",
        "filed_on": "2010-12-01", "filing": "峄慈备01", "purposes": ["charity.da_bing"],
    },
    "fundraising/contracts/new/": {"donor": "某某公司", "sum": "10000", "rate": "5", "kind": "interest", "purpose": ""},
    "fundraising/funds/<int:fund_id>/hand-out/": {"pieces": "1", "receiver": "区敬老院"},
    "fundraising/gifts/<int:gift_id>/use/": {"purpose": "charity.yuan_meng"},
    "fundraising/gifts/new/": {"donor": "张桂兰", "purpose": "", "again": ""},
    "fundraising/plans/draft/": {"amount_0": "100", "times_0": "2"},
    "hall/counter/": {"words": "{number}"},
    "hall/counter/<int:person_id>/<str:item>/": {"agent": "", "phone": "13806320001"},
    "hall/counter/<int:person_id>/bundles/<str:bundle>/": {"agent": "", "phone": "13806320001"},
    "hall/handlings/<int:handling_id>/grade/": {"stage": "taken", "grade": "4"},
    "hall/handlings/<int:handling_id>/mandate/": {"until": "2011-12-31", "proof": "本人签字"},
    "hall/handlings/<int:handling_id>/papers/": {"papers": ["photo"]},
    "hall/ratings/<int:rating_id>/": {"answer": "已致歉并整改。"},
    "hotline/": {"text": "垃圾没有人清", "category": "401010", "place": "370404001001"},
    "hotline/articles/new/": {"title": "停电", "text": "先看整栋楼", "owner": "供电所", "review_on": "2011-06-01", "words": ""},
    "hotline/articles/<int:article_id>/edit/": {"text": "先看整栋楼", "review_on": "2011-06-01"},
    "hotline/desks/new/": {"name": "新单位", "area": "370404001002", "opens": "", "closes": "", "duty": ""},
    "hotline/orders/<int:order_id>/<slug:act>/": {
        "note": "已联系来电人", "result": "已经处理完毕", "why": "情况有变需要这样", "what": "请一起上门看看", "days": "1",
        "opinion": "同意", "outcome": "silent", "solved": "", "grade": "", "words": "",
    },
    "hotline/helps/<int:help_id>/": {"answer": "已协办"},
    "hotline/rates/freeze/": {"first": "2010-11-01", "last": "2010-11-30"},
    "hotline/rates/orders/<int:cohortmember_id>/leave-out/": {"why": "要求不合理的理由"},
    "households/<int:household_id>/join/": {"number": "{newcomer}", "kin": "97"},
    "imports/new/<str:key>/": {"file": "{roster}"},
    "ledgers/batches/<int:batch_id>/check/": {"count": "1", "amount": "500"},
    "ledgers/batches/<int:batch_id>/return/": {"file": "{answer}"},
    "ledgers/batches/<int:batch_id>/sign/": {"proof": "签领表第1页"},
    "ledgers/funds/<int:fund_id>/ceiling/": {"ceiling": "900000"},
    "ledgers/orders/batch/": {"item": "忙日"},
    "ledgers/months/closed/<int:end_id>/ask/": {"ground": "漏记一笔捐款"},
    "ledgers/slips/<int:slip_id>/back/": {"pieces": "1"},
    "ledgers/stock/<int:balance_id>/count/": {"found": "1"},
    "ledgers/stock/<int:balance_id>/hand-out/": {"pieces": "1", "proof": "本人签字", "number": "{number}", "place": ""},
    "ledgers/stock/<int:balance_id>/loss/": {"pieces": "1"},
    "ledgers/stock/buy/": {"pieces": "1", "price": "1", "fund": "{fund}"},
    "ledgers/stock/new/": {"name": "电热毯", "measure": "床", "per_room": ""},
    "notices/<int:notice_id>/": {"looked": "on"},
    "notices/<int:notice_id>/extend/": {"days": "1"},
    "notices/<int:notice_id>/proofs/new/": {"taken_on": "2010-12-09"},
    "password/": {"old": PASSWORD, "new": NEW, "again": NEW},
    "medical/bills/new/": {"number": "{number}"},
    "medical/bills/new/<int:person_id>/": {
        "invoice": "ZY-9", "cost": "100", "covered": "80", "basic": "40", "serious": "0", "left_on": "2010-12-20",
    },
    "medical/hospitals/<int:hospital_id>/state/": {"until": "2010-12-20"},
    "medical/hospitals/new/": {"agreement": "峄医救9号"},
    "pairing/<int:entry_id>/give/": {"fund": "{fund}"},
    "mutual/<int:aidfund_id>/account/": {"contact": "社区居民委员会"},
    "mutual/<int:aidfund_id>/meetings/new/": {
        "called": "李一、王二", "came": "李一、王二", "chair": "李一", "place": "议事园", "record": "逐项表决",
    },
    "mutual/<int:aidfund_id>/requests/new/": {"number": "{number}", "what": "学费"},
    "mutual/meetings/<int:meeting_id>/requests/<int:request_id>/": {"agreed": "8"},
    "mutual/new/": {"name": "帮困基金", "charter": "管理办法"},
    "oneoff/<int:round_id>/confirm/": {"count": "{listed}", "amount": "{subsidies}"},
    "oneoff/new/": {"title": "春节补贴", "dibao": "100", "occasion": "other"},
    "pairing/<int:entry_id>/visit/": {"found": "情况稳定"},
    "provision/cards/<int:card_id>/lose/": {"note": "遗失"},
    "provision/cards/<int:card_id>/replace/": {"number": "NEW-1", "proof": "本人签领"},
    "provision/cards/till/": {"number": "BUSY-1", "receipt": "R-77"},
    "provision/cards/waiting/<int:order_id>/": {"number": "NEW-2", "proof": "本人签领"},
    "provision/schemes/<int:scheme_id>/homes/<int:place_id>/": {"proof": "院长签字"},
    "provision/schemes/new/": {"title": "暖冬", "name": "羽绒被", "measure": "床", "due_on": "2010-12-31"},
    "relief/goods/new/": {"title": "冬令第二批", "pieces": "2", "proof": "各镇签收"},
    "relief/requests/<int:request_id>/goods/": {"pieces": "1", "proof": "本人签字"},
    "relief/requests/<int:request_id>/survey/": {"found": "情况属实", "burden": "100"},
    "relief/requests/new/": {"number": "{number}"},
    "relief/requests/new/<int:person_id>/": {"statement": "骑车被撞，没有钱。", "happened_on": "2010-12-20", "event": "accident"},
    "treatment/patients/<int:patient_id>/bill/": {"cost": "3000", "fund_part": "2000", "insurance": "1000"},
    "treatment/patients/new/": {"number": "{number}"},
    "treatment/rounds/new/": {"number": "7", "title": "第七批", "closes_on": "2010-12-31", "fund": ""},
    "findings/<int:finding_id>/": {"visited_on": "2010-12-20", "answer": "declined", "note": "子女赡养，不申请"},
    "records/books/<str:key>/new/": {
        "leader": "王科长", "members": "孙科员", "found": "抽查家庭", "topic": "低保业务", "place": "会议室", "teacher": "王科长",
        "leaders": "1", "assistants": "1", "villagers": "1", "what": "明白纸", "leaflets": "10", "heads": "10",
    },
    "records/entries/<int:entry_id>/end/": {"until": "2010-12-20"},
    "people/<int:person_id>/account/": {"bank": "枣庄银行", "number": "6222029900000000019"},
    "people/<int:person_id>/correct/": {"number": ""},
    "people/<int:person_id>/leave/": {"because": "分户"},
    "people/elsewhere/": {"number": "{number}"},
    "people/new/": {"number": "", "birth": "2010-12-01", "no_number_reason": "newborn"},
    "sign-in/": {"username": "li", "password": PASSWORD},
    "staff/<int:staff_id>/": {"role": "community_worker", "at": "370404001005"},
    "staff/<int:staff_id>/password/": {"password": NEW},
    "staff/new/": {"username": "newone", "password": NEW},
}


def words_for(sheet: Any, known: dict[str, Any]) -> dict[str, Any]:
    """The words for this form: what is typed everywhere, and what this form asks for; ``known``: what only this world knows."""
    empty = [one.name for one in sheet.fields if one.kind == "text" and not "".join(one.values)]
    typed = {name: ANYWHERE[key] for name in empty for key in (name, re.sub("_.*", "_", name)) if key in ANYWHERE}
    asked = EACH.get(sheet.door, EACH.get(sheet.route, {}))
    found = {name: known.get(word, word) if isinstance(word, str) else word for name, word in asked.items()}
    return typed | {name: word() if callable(word) else word for name, word in found.items()}


__all__ = ["PASSWORD", "words_for"]
