/*
 * An echo server with plain blocking sockets, on a loop: every blocking call stands inside Loop.await, and the
 * code between two such calls needs no lock.
 */
import dev.pando.TaskFuture;
import dev.pando.loop.Loop;
import java.net.ServerSocket;
import java.net.Socket;

static final int CLIENTS = 100;

/** Written by all coroutines, without a lock. */
static int lines;

void main() {
    Loop.run(() -> {
        ServerSocket door = new ServerSocket(0, CLIENTS, InetAddress.getLoopbackAddress());
        TaskFuture<Void> server = Loop.spawn("server", () -> serve(door));

        List<TaskFuture<Integer>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int number = i;
            clients.add(Loop.spawn("client", () -> talk(door.getLocalPort(), number)));
        }
        int right = Loop.gather(clients).stream().mapToInt(Integer::intValue).sum();

        door.close(); // ends the server's accept
        Loop.await(server);
        System.out.println(CLIENTS + " clients got back " + right + " lines as they had sent them");
        System.out.println("the server had echoed " + lines + " lines, counted without a lock");
    });
}

static Void serve(ServerSocket door) {
    try {
        while (true) {
            Socket guest = Loop.await(() -> door.accept());
            Loop.spawn("guest", () -> echo(guest));
        }
    } catch (dev.pando.TaskFailedException closed) {
        return null;
    }
}

static Void echo(Socket guest) throws IOException {
    try (guest) {
        BufferedReader in = new BufferedReader(new InputStreamReader(guest.getInputStream()));
        BufferedWriter out = new BufferedWriter(new OutputStreamWriter(guest.getOutputStream()));
        for (String line = Loop.await(in::readLine); line != null; line = Loop.await(in::readLine)) {
            lines++;
            write(out, line);
        }
    }
    return null;
}

static int talk(int port, int number) throws IOException {
    int right = 0;
    try (Socket socket = Loop.await(() -> new Socket(InetAddress.getLoopbackAddress(), port))) {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
        BufferedWriter out = new BufferedWriter(new OutputStreamWriter(socket.getOutputStream()));
        for (String line : List.of("I am " + number, "how are you?", "good bye")) {
            write(out, line);
            if (line.equals(Loop.await(in::readLine))) {
                right++;
            }
        }
    }
    return right;
}

static void write(BufferedWriter out, String line) {
    Loop.await(() -> {
        out.write(line + "\n");
        out.flush();
    });
}
