from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0003_saved_views'),
    ]

    operations = [
        migrations.AddField(
            model_name='auditseal',
            name='horizon',
            field=models.BigIntegerField(default=0),
        ),
    ]
