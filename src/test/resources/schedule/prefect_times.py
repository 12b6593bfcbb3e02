# Writes what Prefect's server makes of schedules, for TimesOfPrefectTest: run with the Python of a Prefect 3.8.8.
import asyncio, datetime, itertools, json, random, sys
from prefect.server.schemas.schedules import CronSchedule, IntervalSchedule, RRuleSchedule
U = datetime.timezone.utc
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Kiritimati", "Pacific/Pago_Pago",
         "Asia/Kathmandu", "Pacific/Chatham", "America/St_Johns", "Africa/Casablanca"]
rnd = random.Random(7)
def field(lo, hi):
    k = rnd.randrange(6)
    a = rnd.randint(lo, hi - 1); b = rnd.randint(a + 1, hi)  # its cron reads 5-5 as all values
    return ["*", "*/%d" % rnd.choice([2, 3, 5, 7, 10, 15, 20]), str(a), "%d-%d" % (a, b), "%d,%d" % (a, rnd.randint(lo, hi)), "%d-%d/%d" % (a, b, rnd.randint(1, 4))][k]
def cron():
    return " ".join([rnd.choice(["0", "30", "*/15", field(0, 59)]), rnd.choice(["*", "6", field(0, 23)]),
                     rnd.choice(["*", "*", field(1, 28)]), rnd.choice(["*", "*", "*", field(1, 12)]), rnd.choice(["*", "*", "1-5", field(0, 6), "MON", "sun"])])
RULES = ["FREQ=DAILY;BYHOUR=9;BYMINUTE=0", "FREQ=WEEKLY;BYDAY=MO,FR", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;BYHOUR=18", "FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=12",
  "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYMONTHDAY=-1;BYHOUR=23;BYMINUTE=30", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=HOURLY;INTERVAL=5",
  "FREQ=MINUTELY;INTERVAL=45", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "FREQ=YEARLY;BYYEARDAY=100,200",
  "FREQ=DAILY;INTERVAL=3", "FREQ=SECONDLY;INTERVAL=50", "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO", "FREQ=MONTHLY;INTERVAL=7;BYDAY=2TU", "FREQ=DAILY;COUNT=2500;BYHOUR=4"]
# Rules that fit no period for long: thousands of minutes or hours lie between their times.
RARE = ["FREQ=MINUTELY;BYMINUTE=0;BYHOUR=9;BYDAY=MO", "FREQ=MINUTELY;BYDAY=SU", "FREQ=MINUTELY;BYMINUTE=0,30;BYMONTHDAY=1", "FREQ=HOURLY;BYMONTH=1,2,3",
  "FREQ=HOURLY;BYMONTH=12;BYMONTHDAY=24", "FREQ=HOURLY;INTERVAL=7;BYHOUR=3;BYMONTHDAY=-1", "FREQ=MINUTELY;INTERVAL=45;BYDAY=SA;BYMONTH=2",
  "FREQ=HOURLY;BYYEARDAY=-2,60;BYHOUR=6", "FREQ=HOURLY;BYMONTH=12;BYMONTHDAY=24;COUNT=180", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=TU"]
STARTS = [datetime.datetime(2026, 1, 15, 10, 7, 31, tzinfo=U), datetime.datetime(2026, 3, 7, 12, tzinfo=U), datetime.datetime(2026, 3, 28, 12, tzinfo=U),
          datetime.datetime(2026, 4, 4, 3, tzinfo=U), datetime.datetime(2026, 10, 3, 3, tzinfo=U), datetime.datetime(2026, 10, 24, 12, tzinfo=U), datetime.datetime(2026, 10, 31, 20, tzinfo=U),
          datetime.datetime(2027, 2, 28, 23, 59, 59, tzinfo=U)]
async def main(out):
    cases = []
    async def add(spec, schedule, start):
        dates = await schedule.get_dates(n=12, start=start)
        cases.append({**spec, "start": start.isoformat().replace("+00:00", "Z"), "times": [d.astimezone(U).strftime("%Y-%m-%dT%H:%M:%SZ") for d in dates]})
    for i in range(160):
        text, zone, day_or = cron(), rnd.choice(ZONES), rnd.random() < .8
        try: await add({"cron": text, "timezone": zone, "day_or": day_or}, CronSchedule(cron=text, timezone=zone, day_or=day_or), rnd.choice(STARTS))
        except Exception as e: print(text, e, file=sys.stderr)
    for rule in RULES:
        for zone in rnd.sample(ZONES, 3):
            await add({"rrule": rule, "timezone": zone}, RRuleSchedule(rrule=rule, timezone=zone), rnd.choice(STARTS))
    for every in [1, 50, 420, 900, 3600, 5400, 25200, 86400, 172800, 604800, 129600]:
        for zone in rnd.sample(ZONES, 2):
            start = rnd.choice(STARTS)
            await add({"every": every, "anchor": start.isoformat().replace("+00:00", "Z"), "timezone": zone}, IntervalSchedule(interval=datetime.timedelta(seconds=every), anchor_date=start, timezone=zone), start)
    for rule in RARE:
        await add({"rrule": rule, "timezone": "Europe/Berlin"}, RRuleSchedule(rrule=rule, timezone="Europe/Berlin"), STARTS[5])
    with open(out, "w") as f:
        f.write("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
    print(len(cases))
asyncio.run(main(sys.argv[1]))
