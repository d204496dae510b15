from django.db import migrations

OWING = """
    update ledgers_recovery r set owing = l.owed
      from (select l.order_id, sum(l.amount) as owed from ledgers_line l
              join ledgers_account a on a.id = l.account_id and a.kind = 'receivable'
             where l.order_id is not null group by l.order_id) l
     where l.order_id = r.order_id and l.owed > 0
"""


class Migration(migrations.Migration):

    dependencies = [
        ('ledgers', '0008_debts_to_their_end'),
    ]

    operations = [
        migrations.RunSQL(OWING, migrations.RunSQL.noop),
    ]
