"""The file of a family asks for its payment orders; without the index it read those of the whole district."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledgers", "0004_works")]

    operations = [
        migrations.AddIndex(
            model_name="paymentorder",
            index=models.Index(
                condition=models.Q(("household__isnull", False)), fields=["household"], name="order_household"
            ),
        ),
    ]
