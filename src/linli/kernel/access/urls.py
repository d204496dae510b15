"""Routes of sign-in, posts, staff and the audit trail."""

from django.urls import path

from linli.kernel.access import views

app_name = "access"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/code/", views.sign_in_code, name="sign_in_code"),
    path("sign-in/typed/", views.drop_typed, name="drop_typed"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("stay/", views.stay, name="stay"),
    path("no-post/", views.no_post, name="no_post"),
    path("post/", views.choose_post, name="choose_post"),
    path("password/", views.own_password, name="own_password"),
    path("factor/", views.own_factor, name="own_factor"),
    path("factor/begin/", views.begin_factor, name="begin_factor"),
    path("factor/codes/", views.recovery_codes, name="recovery_codes"),
    path("staff/", views.staff, name="staff"),
    path("staff/new/", views.new_staff, name="new_staff"),
    path("staff/<int:staff_id>/", views.staff_page_, name="staff_page"),
    path("staff/<int:staff_id>/active/", views.active, name="active"),
    path("staff/<int:staff_id>/password/", views.first_password, name="first_password"),
    path("staff/<int:staff_id>/factor/", views.ask_reset, name="ask_reset"),
    path("staff/<int:staff_id>/factor/drop/", views.drop_reset, name="drop_reset"),
    path("staff/<int:staff_id>/factor/grant/", views.grant_reset, name="grant_reset"),
    path("locks/<int:lock_id>/", views.lift_lock, name="lift_lock"),
    path("posts/<int:post_id>/grant/", views.grant, name="grant"),
    path("posts/<int:post_id>/end/", views.end, name="end"),
    path("views/", views.keep_view, name="keep_view"),
    path("views/<int:view_id>/drop/", views.drop_view, name="drop_view"),
    path("audit/", views.audit, name="audit"),
    path("audit/verify/", views.verify, name="verify"),
]
