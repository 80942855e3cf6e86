"""Where tables come from and where they are written."""

import dagster as dg


class Connection(dg.ConfigurableResource):
    """A database server."""

    host: str = "localhost"
    port: int = 5432
    password: str = ""


class Replica(dg.ConfigurableResource):
    """Read-only copies of the systems around us."""

    connection: Connection
    batch_size: int = 10_000

    def copy(self, system: str, table: str) -> dg.MaterializeResult:
        return dg.MaterializeResult(metadata={"system": system, "table": table, "batch_size": self.batch_size})


class Warehouse(dg.ConfigurableResource):
    """The database in which all tables of the shop lie."""

    connection: Connection
    schema_name: str = "shop"

    def table(self, name: str, statement: str) -> dg.MaterializeResult:
        return dg.MaterializeResult(metadata={"table": f"{self.schema_name}.{name}", "statement": statement})

    def partition(self, name: str, key: str, statement: str) -> dg.MaterializeResult:
        return dg.MaterializeResult(metadata={"table": f"{self.schema_name}.{name}", "partition": key, "statement": statement})

    def count(self, name: str) -> int:
        return len(name)


class Mail(dg.ConfigurableResource):
    """Sends mails to people of the shop."""

    sender: str

    def send(self, to: str, subject: str) -> None:
        del to, subject


class SchemaIOManager(dg.ConfigurableIOManager):
    """Keeps values that assets return beside their metadata, by key."""

    schema_name: str

    def handle_output(self, context: dg.OutputContext, obj: object) -> None:
        context.add_output_metadata({"schema": self.schema_name})

    def load_input(self, context: dg.InputContext) -> object:
        return None


replica_connection = Connection(host="replica.shop.example", port=5433)
warehouse_connection = Connection(host="warehouse.shop.example")

RESOURCES = {
    "replica": Replica(connection=replica_connection),
    "warehouse": Warehouse(connection=warehouse_connection),
    "mail": Mail(sender="data@shop.example"),
    "io_manager": SchemaIOManager(schema_name="values"),
}
