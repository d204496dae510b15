from django.db import migrations, models

ANSWERED = models.Q(answer="", answered_on=None) | models.Q(answer__gt="", answered_on__isnull=False)


class Migration(migrations.Migration):
    dependencies = [("charity", "0005_findings")]  # noqa: RUF012

    operations = [  # noqa: RUF012
        migrations.RenameModel("Finding", "Doubt"),
        migrations.RenameIndex("Doubt", old_name="finding_list", new_name="doubt_list"),
        migrations.RemoveConstraint("Doubt", "finding_area_code"),
        migrations.RemoveConstraint("Doubt", "finding_answered"),
        migrations.AddConstraint(
            "Doubt", models.CheckConstraint(condition=models.Q(area__regex="^[0-9]{12}$"), name="doubt_area_code")
        ),
        migrations.AddConstraint("Doubt", models.CheckConstraint(condition=ANSWERED, name="doubt_answered")),
    ]
