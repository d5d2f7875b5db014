using System.Net;
using System.Net.Http.Headers;

namespace Smirk.Collect.Web;

/// <summary>Sends requests, follows redirects by hand with a check of each, and leaves bodies to the caller.</summary>
/// <remarks>Two handlers, because connections are pooled by host: what --map allows (loopback) must not be reachable for what it didn't
/// name.</remarks>
public sealed class WebClient : IDisposable
{
    private readonly WebOptions _options;
    private readonly HttpMessageInvoker _guarded;
    private readonly HttpMessageInvoker _mapped;

    /// <summary>A client with connections of its own.</summary>
    /// <param name="options">How to behave.</param>
    /// <param name="guard">Judges where connections may go; null for the rules that <paramref name="options"/> names.</param>
    public WebClient(WebOptions options, ConnectionGuard? guard = null)
    {
        _options = options;
        _guarded = Invoker(guard ?? new ConnectionGuard(options.AllowPrivate ? _ => null : AddressRules.WhyForbidden), options.MostPerHost);

        // Many hosts may be mapped to one server; each still has its own gate.
        _mapped = Invoker(new ConnectionGuard(_ => null), int.MaxValue);
    }

    /// <summary>Sends GET for <paramref name="address"/> and follows redirects; the answer's headers are there, its body isn't
    /// read.</summary>
    /// <param name="address">What to ask for, as people know it (before --map).</param>
    /// <param name="prepare">Adds headers to each request; told the address that is asked, so that credentials stay with their
    /// host.</param>
    /// <param name="enter">Called before each redirect is followed, with its address: waits until that host may be asked.</param>
    /// <param name="cancel">Stops the request.</param>
    /// <exception cref="AddressRefusedException">The address, or one it redirects to, is against the rules.</exception>
    /// <exception cref="HttpRequestException">No connection, or a broken one.</exception>
    /// <exception cref="TimeoutException">No headers in time.</exception>
    public async Task<WebAnswer> GetAsync(
        Uri address, Action<Uri, HttpRequestHeaders>? prepare, Func<Uri, Task> enter, CancellationToken cancel)
    {
        var asked = new List<Uri>();
        for (var at = address; ;)
        {
            if (at.Scheme is not ("http" or "https"))
                throw new AddressRefusedException($"redirects to {at.Scheme}:, which isn't http or https");
            if (at.UserInfo.Length > 0)
                throw new AddressRefusedException("the address holds a user name or password");
            if (asked.Contains(at))
                throw new AddressRefusedException($"redirects in a circle ({asked.Count})");
            if (asked.Count > _options.MostRedirects)
                throw new AddressRefusedException($"redirects more than {_options.MostRedirects} times");
            if (asked.Count > 0)
                await enter(at);
            asked.Add(at);

            using var request = new HttpRequestMessage(HttpMethod.Get, at);
            prepare?.Invoke(at, request.Headers);
            var response = await SendAsync(request, cancel);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
                return new WebAnswer(response, at);
            response.Dispose();
            at = _options.Map.Redirect(at, location);
        }
    }

    /// <summary>Sends one request, following nothing.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        var (target, mapped) = _options.Map.Apply(request.RequestUri!);
        request.RequestUri = target;
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        request.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timer.CancelAfter(_options.HeaderTimeout);
        try
        {
            return await (mapped ? _mapped : _guarded).SendAsync(request, timer.Token);
        }
        catch (OperationCanceledException error) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer within {_options.HeaderTimeout.TotalSeconds:0.#} s", error);
        }
        catch (HttpRequestException error) when (error.InnerException is AddressRefusedException refused)
        {
            throw new AddressRefusedException(refused.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _guarded.Dispose();
        _mapped.Dispose();
    }

    private HttpMessageInvoker Invoker(ConnectionGuard guard, int mostConnections) => new(new SocketsHttpHandler
    {
        ConnectCallback = guard.ConnectAsync,
        ConnectTimeout = _options.ConnectTimeout,
        MaxConnectionsPerServer = mostConnections,
        MaxResponseHeadersLength = 64,
        MaxResponseDrainSize = 64 << 10,
        ResponseDrainTimeout = TimeSpan.FromSeconds(1),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),

        // A proxy would resolve names itself, out of sight of the check; redirects and decompression need limits of ours.
        UseProxy = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        ActivityHeadersPropagator = null,
    });
}
