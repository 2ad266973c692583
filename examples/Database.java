/*
 * A hundred transfers in a database, over as many virtual threads as there are connections.
 *
 * The database is H2, which runs inside this program: its jar must be on the class path beside Pando's. A task waits
 * for the database most of its time, so it costs next to nothing on a virtual thread; atMost(4) spares the database.
 * A transfer that is refused is rolled back, and its future says why.
 */
import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.local.Virtual;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

static final int ACCOUNTS = 10;
static final int CONNECTIONS = 4;
static final BlockingQueue<Connection> FREE = new ArrayBlockingQueue<>(CONNECTIONS);

void main() throws Exception {
    for (int i = 0; i < CONNECTIONS; i++) {
        FREE.add(DriverManager.getConnection("jdbc:h2:mem:bank;LOCK_TIMEOUT=20000"));
    }
    try (Pool pool = Pool.open(Virtual.atMost(CONNECTIONS))) {
        pool.submit(() -> withConnection(database -> makeAccounts(database))).result();

        List<TaskFuture<Integer>> transfers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int from = i % ACCOUNTS;
            int to = (i + 3) % ACCOUNTS;
            int amount = i == 50 ? 5_000 : 10; // one account has not that much
            transfers.add(pool.submit(() -> withConnection(database -> transfer(database, from, to, amount))));
        }
        int moved = 0;
        for (TaskFuture<Integer> transfer : transfers) {
            if (transfer.exception() == null) {
                moved += transfer.result();
            } else {
                System.out.println("refused: " + transfer.exception().getMessage());
            }
        }
        System.out.println("moved: " + moved);
        System.out.println("in all accounts, as before: " + pool.submit(() -> withConnection(d -> sum(d))).result());
    }
    for (Connection connection : FREE) {
        connection.close();
    }
}

interface Work {
    int on(Connection database) throws SQLException;
}

/** Runs work as one transaction, on a connection that no other task has. */
static int withConnection(Work work) throws SQLException, InterruptedException {
    Connection database = FREE.take();
    try {
        database.setAutoCommit(false);
        int result = work.on(database);
        database.commit();
        return result;
    } catch (SQLException | RuntimeException e) {
        database.rollback();
        throw e;
    } finally {
        FREE.add(database);
    }
}

static int makeAccounts(Connection database) throws SQLException {
    try (Statement statement = database.createStatement()) {
        statement.execute("create table account (id int primary key, amount int check (amount >= 0))");
        return statement.executeUpdate("insert into account select x - 1, 1000 from system_range(1, 10)");
    }
}

/** Changes the account with the smaller number first, so that two transfers never wait for each other. */
static int transfer(Connection database, int from, int to, int amount) throws SQLException {
    if (from < to) {
        add(database, from, -amount);
        add(database, to, amount);
    } else {
        add(database, to, amount);
        add(database, from, -amount);
    }
    return amount;
}

static void add(Connection database, int account, int amount) throws SQLException {
    try (PreparedStatement update = database.prepareStatement("update account set amount = amount + ? where id = ?")) {
        update.setInt(1, amount);
        update.setInt(2, account);
        update.executeUpdate();
    } catch (SQLException e) {
        throw new SQLException("account " + account + " has not got " + -amount, e);
    }
}

static int sum(Connection database) throws SQLException {
    try (Statement statement = database.createStatement();
            ResultSet rows = statement.executeQuery("select sum(amount) from account")) {
        rows.next();
        return rows.getInt(1);
    }
}
