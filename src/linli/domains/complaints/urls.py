"""Routes of complaints, petitions and receptions, and of the pages for residents."""

from django.urls import path

from linli.domains.complaints import views

app_name = "complaints"
urlpatterns = [
    path("", views.complaints, name="complaints"),
    path("new/", views.take, name="take"),
    path("<int:order_id>/", views.complaint, name="complaint"),
    path("<int:order_id>/accused/", views.accused, name="accused"),
    path("<int:order_id>/supervise/", views.supervise, name="supervise"),
    path("<int:order_id>/accept/", views.accept, name="accept"),
    path("<int:order_id>/refuse/", views.refuse, name="refuse"),
    path("<int:order_id>/reply/", views.reply, name="reply"),
    path("<int:order_id>/joint/", views.joint, name="joint"),
    path("<int:order_id>/report/", views.report, name="report"),
    path("<int:order_id>/paper/", views.paper, name="paper"),
    path("<int:order_id>/remedy/", views.ask_remedy, name="ask_remedy"),
    path("<int:order_id>/answer/", views.write, name="write"),
    path("remedies/<int:remedy_id>/", views.decide_remedy, name="decide_remedy"),
    path("answers/", views.answers, name="answers"),
    path("answers/<int:answer_id>/", views.answer, name="answer"),
    path("answers/<int:answer_id>/down/", views.take_down, name="take_down"),
    path("letters/", views.letters, name="letters"),
    path("letters/<str:receipt>/", views.letter, name="letter"),
    path("letters/<str:receipt>/aside/", views.set_aside, name="set_aside"),
    path("receptions/", views.receptions, name="receptions"),
    path("receptions/hold/<str:subject>/", views.hold, name="hold"),
    path("receptions/<int:entry_id>/matters/new/", views.add_matter, name="add_matter"),
    path("matters/<int:entry_id>/order/", views.pass_matter, name="pass_matter"),
    path("public/", views.public, name="public"),
    path("public/write/", views.write_letter, name="write_letter"),
    path("public/progress/", views.progress, name="progress"),
    path("public/received/<str:receipt>/", views.received, name="received"),
    path("public/<int:answer_id>/", views.public_answer, name="public_answer"),
]
