from django.db import migrations


class Migration(migrations.Migration):
    """Desks of communities that were set up for all areas at once bear the name of their street from now on."""

    dependencies = [
        ('orders', '0008_weekly_draws'),
        ('registry', '0006_what_likeness_found'),
    ]

    operations = [
        migrations.RunSQL(
            """update orders_desk d set name = t.name || d.name from registry_area a, registry_area t
                where d.kind = 'community' and d.until is null and a.code = d.area and a.until is null and t.code = a.parent
                  and t.until is null and d.name = a.name || '便民服务中心' and length(t.name || d.name) <= 60""",
            migrations.RunSQL.noop,
        ),
    ]
