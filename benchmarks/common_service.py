"""The service centre of a district for a race: staff, desks, people, and past orders laid down by the owner.

Orders are written by ``INSERT … SELECT generate_series`` as the superuser with triggers off (areas, events and hashes are
written as the product would), because a million intakes through the product are another measurement.
"""

from __future__ import annotations

import time
from datetime import date

import common

DAY = date(2010, 12, 20)
PHONES = 50_000
OPERATORS, WORKERS = 100, 300

ORDERS = """
insert into orders_order (id, number, day, channel, kind, category, lane, caller, phone_sealed, phone_digest, phone_tail,
    person_id, place, address, text, confidential, stage, desk_id, first_desk_id, bounces, final, round, received_at,
    received_by_id, dispatch_due, dispatched_at, sign_due, signed_at, contact_due, contacted_at, handle_due, handled_at,
    working, extensions, supervised, result, attempts, solved, grade, closed_at, version, area, area_then)
select i, to_char(d.day, 'YYYYMMDD') || '-' || lpad(i::text, 7, '0'), d.day,
    (array['phone', 'web', 'visit', 'round'])[1 + i %% 4], 'help', c.code, 'ordinary', coalesce(p.name, '王来电'),
    t.sealed, t.digest, t.tail, p.id, w.place, '和平路' || i %% 300 || '号', '第' || i || '件：' || c.code, false,
    s.stage, w.desk, w.desk, 0, false, 1, d.at, %(by)s, d.at + interval '1 hour',
    d.at + interval '5 min', d.at + interval '4 hours',
    case when s.stage <> 'sent' then d.at + interval '1 hour' end, d.at + interval '1 day',
    case when s.stage <> 'sent' then d.at + interval '2 hours' end, d.at + interval '15 days',
    case when s.stage in ('handled', 'closed') then d.at + interval '3 days' end, true, 0, 0,
    case when s.stage in ('handled', 'closed') then '已处理，来电人知晓。' else '' end, 0,
    case when s.stage = 'closed' then true end, case when s.stage = 'closed' then (1 + i %% 5)::text else '' end,
    case when s.stage = 'closed' then d.at + interval '4 days' end, 1, w.place, '370404000000'
from generate_series(%(first)s::int, %(last)s::int) as g (i)
cross join lateral (select (timestamp '2010-12-20 08:00+08' at time zone 'Asia/Shanghai')
    - make_interval(mins => ((%(last)s::int - i)::bigint * 1500000 / %(last)s::int)::int) as at) when_
cross join lateral (select when_.at at time zone 'Asia/Shanghai' as at, when_.at::date as day) d
join bench_phone t on t.n = i %% %(phones)s::int
join bench_place w on w.n = i %% (select count(*) from bench_place)
join bench_code c on c.n = i %% (select count(*) from bench_code)
left join registry_person p on p.id = case when i %% 3 = 0 then (select min(id) from registry_person) + i %% %(people)s::int end
cross join lateral (select case when i > %(last)s::int - 3000 then (array['sent', 'working', 'handled'])[1 + i %% 3]
    else 'closed' end as stage) s
"""
EVENTS = """
insert into orders_orderevent (order_id, move, at, by_id, desk_id, text, facts, round, area)
select o.id, m.move, o.received_at, o.received_by_id, m.desk, '', '{}', 1, o.area
from orders_order o cross join lateral (values ('received', null::bigint), ('dispatched', o.desk_id)) m (move, desk)
"""


class Service:
    """The people of the race and what lies before them."""

    def __init__(self, people: int, orders: int) -> None:
        from django.conf import settings

        from linli.kernel.access.models import Staff
        from linli.kernel.access.rules import Role
        from linli.kernel.access.samples import DISTRICT, make_founders, make_staff, one_hash
        from linli.kernel.orders.samples import make_desks
        from linli.kernel.registry.samples import make_areas
        from linli.kernel.registry.samples.rosters import load_population

        settings.BUSINESS_DAY = DAY.isoformat()
        founders = make_founders()
        areas = [one for one in make_areas(founders[0]) if one.level == 5 and not one.code.startswith("3704049")]
        with one_hash():
            self.chief = make_staff("chief", "傅值班", Role.DISTRICT_APPROVER, DISTRICT, founders=founders)
            self.operators = [
                make_staff(f"op{n}", f"坐席{n}", Role.HOTLINE_OPERATOR, DISTRICT, founders=founders) for n in range(OPERATORS)
            ]
            self.workers = [
                make_staff(f"wk{n}", f"社工{n}", Role.COMMUNITY_WORKER, areas[n % len(areas)].code, founders=founders)
                for n in range(WORKERS)
            ]
        Staff.objects.update(must_change_password=False)
        make_desks(self.chief)
        began = time.perf_counter()
        load_population(self.chief, DAY, people)
        print(f"{people:,} people by the roster import in {time.perf_counter() - began:.0f} s")
        self.places = [one.code for one in areas]
        self.phones = _lay_orders(self, people, orders)


def _lay_orders(service: Service, people: int, orders: int) -> list[str]:
    """The past orders, and the telephones that they came from."""
    from linli.kernel.access.actions import scoped
    from linli.kernel.orders.models import Desk
    from linli.kernel.orders.rules import categories
    from linli.kernel.registry.queries import keyring
    from linli.kernel.registry.rules import seal_phone

    began = time.perf_counter()
    phones = [f"139{n:08d}" for n in range(PHONES)]
    with scoped(service.chief):
        desks = dict(Desk.objects.values_list("area", "pk"))
    leaves = [code for code in categories() if len(code) == 6]
    given = {"by": service.operators[0].staff_id, "first": 1, "last": orders, "phones": PHONES, "people": people}
    with common.superuser() as base:
        base.execute("set session_replication_role = replica")
        base.execute("create temp table bench_phone (n int primary key, sealed bytea, digest bytea, tail bytea)")
        with base.cursor() as cursor, cursor.copy("copy bench_phone from stdin (format binary)") as copy:
            copy.set_types(["int4", "bytea", "bytea", "bytea"])
            for number, phone in enumerate(phones):
                sealed = seal_phone(keyring(), phone)
                copy.write_row((number, sealed.sealed, sealed.digest, sealed.tail))
        numbered = "as select (row_number() over ()) - 1 as n, * from unnest"
        here = (service.places, [desks[place] for place in service.places])
        base.execute(f"create temp table bench_place {numbered}(%s::text[], %s::bigint[]) as t (place, desk)", here)
        base.execute(f"create temp table bench_code {numbered}(%s::text[]) as t (code)", (leaves,))
        base.execute(ORDERS, given)
        base.execute(EVENTS)
        base.execute("select setval(pg_get_serial_sequence('orders_order', 'id'), %s)", (orders,))
        base.execute("set session_replication_role = origin")
        base.execute("vacuum analyze")
    print(f"{orders:,} past orders with two events each laid down by the owner in {time.perf_counter() - began:.0f} s")
    return phones
