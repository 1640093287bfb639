package net.berth.lab.edgeos;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Answers the small programs that run in the router's shell; each connection is one call. */
final class ProgramServer implements AutoCloseable {
    /** One call of a program. */
    record Call(
            String program, String channel, String sessionId, String sessionEnv, String caller, List<String> words) {}

    /** Does the work of the programs. */
    interface Programs {
        /** The answer, or nothing when the caller is to be killed without one. */
        java.util.Optional<Answer> run(Call call);
    }

    private final ServerSocket socket;
    private final Programs programs;

    ProgramServer(Programs programs) throws IOException {
        this.programs = programs;
        socket = new ServerSocket(0, 512, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        Thread.ofVirtual().name("edgeos-programs").start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread.ofVirtual().name("edgeos-program").start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(client.getInputStream());
            List<String> head = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                head.add(word(in));
            }
            List<String> words = new ArrayList<>();
            for (int i = Integer.parseInt(head.get(5)); i > 0; i--) {
                words.add(word(in));
            }
            var answer = programs.run(
                    new Call(head.get(0), head.get(1), head.get(2), head.get(3), head.get(4), List.copyOf(words)));
            if (answer.isPresent()) {
                byte[] text = answer.get().text().getBytes(StandardCharsets.UTF_8);
                byte[] line = (answer.get().code() + " " + text.length + "\n").getBytes(StandardCharsets.UTF_8);
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                all.write(line);
                all.write(text);
                client.getOutputStream().write(all.toByteArray());
            }
        } catch (IOException | NumberFormatException gone) {
            // A caller that was killed in the middle of its call is part of the game.
        }
    }

    private static String word(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int next = in.read(); next != 0; next = in.read()) {
            if (next < 0) {
                throw new IOException("half a call");
            }
            bytes.write(next);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
