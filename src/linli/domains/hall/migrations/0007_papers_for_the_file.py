from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('hall', '0006_messages_about_what_the_hall_does'),
    ]

    operations = [
        migrations.AlterField(
            model_name='custody',
            name='kept',
            field=models.CharField(choices=[('shown', '看原件'), ('original', '收原件'), ('copy', '收复印件'), ('filed', '收下存档')], max_length=8, verbose_name='收存方式'),
        ),
    ]
