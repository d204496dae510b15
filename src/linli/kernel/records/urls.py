"""Routes of the record books."""

from django.urls import path

from linli.kernel.records import views

app_name = "records"
urlpatterns = [
    path("", views.books, name="books"),
    path("books/<str:key>/", views.book, name="book"),
    path("books/<str:key>/new/", views.new, name="new"),
    path("books/<str:key>/print/", views.print_book, name="print_book"),
    path("books/<str:key>/destroy/", views.destroy, name="destroy"),
    path("entries/<int:entry_id>/", views.entry, name="entry"),
    path("entries/<int:entry_id>/print/", views.print_entry, name="print_entry"),
    path("entries/<int:entry_id>/correct/", views.correct, name="correct"),
    path("entries/<int:entry_id>/end/", views.end, name="end"),
    path("entries/<int:entry_id>/strike/", views.strike, name="strike"),
    path("entries/<int:entry_id>/reveal/", views.reveal, name="reveal"),
]
