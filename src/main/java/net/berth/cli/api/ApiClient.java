package net.berth.cli.api;

import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.berth.cli.view.Answer;

/** Calls the running receiver. */
public final class ApiClient {
    private final ApiAccess access;

    /** Connects at the first call. */
    public ApiClient(ApiAccess access) {
        this.access = access;
    }

    /** Gets what the receiver last saw; throws {@link CliException} when there is no usable answer within 90 s. */
    public Answer get(String path) {
        return send(path, "GET", Duration.ofSeconds(90));
    }

    /** Like {@link #get}, but the receiver reads all systems first, which takes minutes in a large cluster. */
    public Answer getFresh(String path) {
        return send(path + "?fresh=true", "GET", Duration.ofMinutes(15));
    }

    /** Gets what a full pass would change; the receiver reads all systems first. Fails as {@link #getFresh}. */
    public Answer getPlan() {
        return send("/v1/plan", "GET", Duration.ofMinutes(15));
    }

    /** Orders something; a router's commit may take minutes, so it waits up to 15. Fails as {@link #get}. */
    public Answer post(String path) {
        return send(path, "POST", Duration.ofMinutes(15));
    }

    /**
     * The VMID of a guest by VMID, or by its name as last seen; throws {@link CliException} unless exactly one has
     * it.
     */
    public int vmid(String guest) {
        if (guest.matches("[1-9][0-9]{2,8}")) {
            return Integer.parseInt(guest);
        }
        List<String> vmids = get("/v1/guests").list("items").stream()
                .filter(one -> one.text("name").equalsIgnoreCase(guest))
                .map(one -> one.text("vmid"))
                .toList();
        if (vmids.isEmpty()) {
            throw new CliException("no guest is named " + guest + "; berth guests --fresh shows all");
        }
        if (vmids.size() > 1) {
            throw new CliException(vmids.size() + " guests are named " + guest + ": give one of the VMIDs "
                    + String.join(", ", vmids));
        }
        return Integer.parseInt(vmids.getFirst());
    }

    private Answer send(String path, String method, Duration deadline) {
        HttpClient client = access.client();
        try {
            HttpRequest request = access.request(client, path)
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build();
            // The request's own timeout would cover the headers only.
            HttpResponse<String> response = client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                    .get(deadline.toSeconds(), TimeUnit.SECONDS);
            return answer(response);
        } catch (TimeoutException e) {
            throw new CliException(
                    "the receiver at " + access.base() + " did not answer within " + deadline.toSeconds()
                            + " s; its log may say why",
                    e);
        } catch (ExecutionException e) {
            throw new CliException(reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted", e);
        } finally {
            client.shutdownNow();
        }
    }

    private String reason(ExecutionException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof ConnectException)) {
            cause = cause.getCause();
        }
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            return "no receiver runs at " + access.base()
                    + ": start it (systemctl start berth, or berth serve), or correct server.listen";
        }
        return "the receiver at " + access.base() + " gave no answer: " + cause.getMessage();
    }

    private Answer answer(HttpResponse<String> response) {
        Answer body = Answer.read(response.body())
                .orElseThrow(() -> new CliException(
                        access.base() + " does not answer as Berth does; another program listens there"));
        int status = response.statusCode();
        if (status == 200) {
            return body;
        }
        String detail = body.text("detail");
        if (status == 401) {
            detail = detail + " The receiver runs with another token than these settings: restart it.";
        }
        if (status == 403) {
            detail = detail + " This user may not read that file: use sudo.";
        }
        throw new CliException(detail.isBlank() ? access.base() + " answered " + status : detail.strip());
    }
}
