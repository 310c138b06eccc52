"""Orders with their customers, read and written through an object-relational mapper and through SQL. CPU time, seed fixed."""
import random, sqlite3, tempfile, time
import sqlalchemy as sa
from sqlalchemy import orm

class Base(orm.DeclarativeBase): pass
class Customer(Base):
    __tablename__ = "customer"
    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    name: orm.Mapped[str]
class Order(Base):
    __tablename__ = "orders"
    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    customer_id: orm.Mapped[int] = orm.mapped_column(sa.ForeignKey("customer.id"))
    total: orm.Mapped[int]
    paid: orm.Mapped[int]
    customer: orm.Mapped[Customer] = orm.relationship()

path = tempfile.mkdtemp() + "/shop.db"
engine = sa.create_engine(f"sqlite:///{path}")
Base.metadata.create_all(engine)
raw = sqlite3.connect(path)
r = random.Random(1)
raw.executemany("INSERT INTO customer VALUES (?, ?)", [(i, f"customer {i}") for i in range(5000)])
raw.executemany("INSERT INTO orders VALUES (?, ?, ?, 0)", [(i, r.randrange(5000), r.randrange(10000)) for i in range(10000)])
raw.commit()
statements = 0
@sa.event.listens_for(engine, "before_cursor_execute")
def count(*_):
    global statements; statements += 1

def lazily():
    with orm.Session(engine) as s:
        return [(o.id, o.total, o.customer.name) for o in s.scalars(sa.select(Order))]
def joined():
    with orm.Session(engine) as s:
        return [(o.id, o.total, o.customer.name) for o in s.scalars(sa.select(Order).options(orm.joinedload(Order.customer)))]
def columns():
    with orm.Session(engine) as s:
        return [tuple(row) for row in s.execute(sa.select(Order.id, Order.total, Customer.name).join(Order.customer))]
def by_hand():
    return raw.execute("SELECT o.id, o.total, c.name FROM orders o JOIN customer c ON c.id = o.customer_id").fetchall()
def pay_objects():
    with orm.Session(engine) as s:
        for order in s.scalars(sa.select(Order).where(Order.total >= 5000)): order.paid += 1
        s.commit()
def pay_statement():
    with orm.Session(engine) as s:
        s.execute(sa.update(Order).where(Order.total >= 5000).values(paid=Order.paid + 1)); s.commit()
def pay_by_hand():
    raw.execute("UPDATE orders SET paid = paid + 1 WHERE total >= 5000"); raw.commit()

want = sorted(by_hand())
for form in (lazily, joined, columns, by_hand, pay_objects, pay_statement, pay_by_hand):
    if form in (lazily, joined, columns): assert sorted(form()) == want
    best = float("inf")
    for _ in range(5):
        statements = 0; start = time.process_time(); form(); best = min(best, time.process_time() - start)
    print(form.__name__, f"{best * 1e3:.4g} ms", statements or "1 (not counted)", "statements")
