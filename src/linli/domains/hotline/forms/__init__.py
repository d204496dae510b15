"""Forms of the hotline: parse and check; nothing is saved here."""

from linli.domains.hotline.forms.acts import ACT_FORMS, Call, HelpAnswer, dispatching, drawing, merging, naming, ruling
from linli.domains.hotline.forms.jobs import IntroductionSearch, Result, introducing
from linli.domains.hotline.forms.lists import ArticleSearch, DeskSearch, MemberSearch, OrderSearch, TakenSearch
from linli.domains.hotline.forms.surveys import AnswerSurvey, DecideMend, DrawSurvey, MendAnswer, SampleSearch
from linli.domains.hotline.forms.taking import ArticleForm, DeskForm, Freeze, LeaveOut, RuleOmission, Take
from linli.domains.hotline.forms.telephone import CallSearch, Returned, SignOn

__all__ = [
    "ACT_FORMS",
    "AnswerSurvey",
    "ArticleForm",
    "ArticleSearch",
    "Call",
    "CallSearch",
    "DecideMend",
    "DeskForm",
    "DeskSearch",
    "DrawSurvey",
    "Freeze",
    "HelpAnswer",
    "IntroductionSearch",
    "LeaveOut",
    "MemberSearch",
    "MendAnswer",
    "OrderSearch",
    "Result",
    "Returned",
    "RuleOmission",
    "SampleSearch",
    "SignOn",
    "Take",
    "TakenSearch",
    "dispatching",
    "drawing",
    "introducing",
    "merging",
    "naming",
    "ruling",
]
