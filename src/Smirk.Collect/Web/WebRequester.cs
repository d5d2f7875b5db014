using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;

namespace Smirk.Collect.Web;

/// <summary>Asks politely and with patience: through the gate of each host that a redirect leads to, again after what passes, never again
/// after what doesn't.</summary>
public sealed class WebRequester : IDisposable
{
    private readonly ConcurrentDictionary<string, HostGate> _gates = new(StringComparer.OrdinalIgnoreCase);
    private readonly WebClient _client;
    private readonly TimeProvider _time;

    /// <summary>A requester with connections of its own.</summary>
    public WebRequester(WebOptions options, TimeProvider? time = null, ConnectionGuard? guard = null)
    {
        Options = options;
        _time = time ?? TimeProvider.System;
        _client = new WebClient(options, guard);
    }

    /// <summary>How servers are spoken to.</summary>
    public WebOptions Options { get; }

    /// <summary>Gets <paramref name="address"/> and reads it with <paramref name="read"/>, in as many attempts as it takes and the options
    /// allow.</summary>
    /// <param name="address">What to ask for.</param>
    /// <param name="prepare">Adds headers to each request.</param>
    /// <param name="read">Reads an answer whose status is fine (2xx, 304). May throw what passes (broken connection, timeout) or
    /// <see cref="WebFailureException"/>.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="WebFailureException">Nothing could be had.</exception>
    public async Task<T> GetAsync<T>(
        Uri address, Action<Uri, HttpRequestHeaders>? prepare, Func<WebAnswer, Task<T>> read, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var wait = Waits.Backoff(Options, attempt);
            using var visit = new HostVisit();
            await visit.EnterAsync(GateOf(address), cancel);
            try
            {
                using var answer = await _client.GetAsync(address, prepare, next => visit.EnterAsync(GateOf(next), cancel), cancel);
                if (Judge(answer, visit.Gate, ref wait) is { } trouble)
                    throw trouble;
                var result = await read(answer);
                visit.Gate.Note(worked: true);
                return result;
            }
            catch (WebFailureException)
            {
                visit.Gate.Note(worked: true); // The host is well; it's this address that isn't to be had.
                throw;
            }
            catch (AddressRefusedException error)
            {
                throw new WebFailureException(WebFailureKind.Refused, error.Message, error);
            }
            catch (Exception error) when (DescribePassing(error) is { } reason)
            {
                if (attempt >= visit.Gate.Attempts || IsUnknownHost(error) || wait > Options.LongestWait)
                {
                    visit.Gate.Note(worked: false);
                    throw new WebFailureException(
                        WebFailureKind.Failed, wait > Options.LongestWait ? $"{reason}, and asks to wait {wait.TotalMinutes:0} min"
                        : reason, error);
                }
            }

            // Nobody's place is held while waiting.
            visit.Leave();
            await Task.Delay(wait, _time, cancel);
        }
    }

    /// <summary>The bytes of a page, list or API answer.</summary>
    public Task<byte[]> GetTextAsync(Uri address, string accept, Action<Uri, HttpRequestHeaders>? prepare, CancellationToken cancel) =>
        GetAsync(address, (at, headers) =>
        {
            headers.TryAddWithoutValidation("Accept", accept);
            headers.TryAddWithoutValidation("Accept-Encoding", "gzip, br");
            prepare?.Invoke(at, headers);
        }, answer => WebBody.ReadTextAsync(answer, Options, cancel), cancel);

    /// <summary>Sends one request as it is, through the host's gate; for the few that aren't GET.</summary>
    public async Task<WebAnswer> SendOnceAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        var address = request.RequestUri!;
        using var visit = new HostVisit();
        await visit.EnterAsync(GateOf(address), cancel);
        try
        {
            return new WebAnswer(await _client.SendAsync(request, cancel), address);
        }
        catch (AddressRefusedException error)
        {
            throw new WebFailureException(WebFailureKind.Refused, error.Message, error);
        }
        catch (Exception error) when (DescribePassing(error) is { } reason)
        {
            throw new WebFailureException(WebFailureKind.Failed, reason, error);
        }
    }

    /// <summary>Leaves at least <paramref name="gap"/> between two requests to the address's host from now on; never less than
    /// before.</summary>
    public void SlowDown(Uri address, TimeSpan gap) => GateOf(address).SlowDown(gap);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private HostGate GateOf(Uri address) => _gates.GetOrAdd(address.Authority, _ => new HostGate(Options, _time));

    private Exception? Judge(WebAnswer answer, HostGate gate, ref TimeSpan wait)
    {
        var status = (int)answer.Status;
        if (Waits.Asked(answer, _time) is { } asked
            && (status == 429 || status >= 500 || Waits.RateLimitLeft(answer) is { Remaining: < 1 }))
        {
            if (asked <= Options.LongestWait)
                gate.Pause(asked);
            if (status is 429 or >= 500)
                wait = asked > Options.LongestWait || asked > wait ? asked : wait;
        }
        else if (status == 429)
        {
            gate.Pause(wait);
        }

        var text = $"{status} {Words(answer.Status)}";
        return status switch
        {
            (>= 200 and < 300) or 304 => null,
            404 or 410 or 451 => new WebFailureException(WebFailureKind.Gone, text, status: status),
            408 or 425 or 429 or >= 500 => new TransientException(text),
            _ => new WebFailureException(WebFailureKind.Refused, text, status: status),
        };
    }

    private static string Words(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound => "Not Found",
        HttpStatusCode.TooManyRequests => "Too Many Requests",
        HttpStatusCode.InternalServerError => "Internal Server Error",
        HttpStatusCode.ServiceUnavailable => "Service Unavailable",
        HttpStatusCode.BadGateway => "Bad Gateway",
        HttpStatusCode.GatewayTimeout => "Gateway Timeout",
        _ => status.ToString(),
    };

    private static bool IsUnknownHost(Exception error) =>
        error is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError };

    private static string? DescribePassing(Exception error) => error switch
    {
        TransientException or TimeoutException => error.Message,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "the host's name is unknown",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } refused =>
            $"no connection ({refused.InnerException?.Message ?? refused.Message})",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "no secure connection",
        HttpRequestException request => $"broken answer ({request.Message})",
        HttpIOException => "the connection broke in the middle of the answer",
        InvalidDataException => "damaged compression",
        IOException => "the connection broke in the middle of the answer",
        _ => null,
    };
}
