"""Routes of funds, books, payment orders, batches, mending and recovery."""

from django.urls import path

from linli.kernel.ledgers import views

app_name = "ledgers"
urlpatterns = [
    path("funds/", views.funds, name="funds"),
    path("funds/<int:fund_id>/", views.fund, name="fund"),
    path("funds/<int:fund_id>/receive/", views.receive, name="receive"),
    path("books/", views.books, name="books"),
    path("postings/<int:posting_id>/", views.posting, name="posting"),
    path("postings/<int:posting_id>/reverse/", views.reverse_posting, name="reverse"),
    path("orders/", views.orders, name="orders"),
    path("orders/batch/", views.new_batch, name="new_batch"),
    path("orders/<int:order_id>/", views.order, name="order"),
    path("orders/<int:order_id>/cancel/", views.cancel, name="cancel"),
    path("orders/<int:order_id>/recover/", views.recover, name="recover"),
    path("batches/", views.batches, name="batches"),
    path("batches/<int:batch_id>/", views.batch, name="batch"),
    path("batches/<int:batch_id>/check/", views.check, name="check"),
    path("batches/<int:batch_id>/lock/", views.lock, name="lock"),
    path("batches/<int:batch_id>/discard/", views.discard, name="discard"),
    path("batches/<int:batch_id>/file/", views.bank_file, name="bank_file"),
    path("batches/<int:batch_id>/return/", views.take_return, name="return"),
    path("batches/<int:batch_id>/sign/", views.sign, name="sign"),
    path("batches/<int:batch_id>/sheet/", views.sheet, name="sheet"),
    path("batches/<int:batch_id>/close/", views.close, name="close"),
    path("mending/", views.mending, name="mending"),
    path("mending/<int:line_id>/", views.mend, name="mend"),
    path("stock/", views.stock, name="stock"),
    path("stock/new/", views.new_goods, name="new_goods"),
    path("stock/buy/", views.buy, name="buy"),
    path("stock/<int:balance_id>/", views.stock_card, name="stock_card"),
    path("stock/<int:balance_id>/hand-out/", views.hand_out, name="hand_out"),
    path("stock/<int:balance_id>/count/", views.count, name="count"),
    path("stock/<int:balance_id>/loss/", views.lose, name="lose"),
    path("slips/", views.slips, name="slips"),
    path("slips/<int:slip_id>/", views.slip, name="slip"),
    path("slips/<int:slip_id>/print/", views.print_slip, name="print_slip"),
    path("slips/<int:slip_id>/back/", views.give_back, name="give_back"),
    path("adjustments/", views.adjustments, name="adjustments"),
    path("adjustments/<int:adjustment_id>/", views.adjustment, name="adjustment"),
    path("recoveries/", views.recoveries, name="recoveries"),
    path("recoveries/<int:recovery_id>/", views.pay_back, name="pay_back"),
]
