using System.Net;
using System.Net.Http.Headers;

namespace Smirk.Studio.Tests.Safe;

/// <summary>Nobody but the person's own browser gets in, and nothing but our page's script changes anything.</summary>
public sealed class GuardTests(GuardTests.House house) : IClassFixture<GuardTests.House>
{
    private StudioHouse Studio => house.Studio;

    [Theory]
    [InlineData("/")]
    [InlineData("/web/studio/studio.js")]
    [InlineData("/api/review/questions")]
    [InlineData("/start?token=x")]
    [InlineData("/nothing")]
    public async Task A_foreign_host_is_refused_before_anything(string path)
    {
        using var client = await Studio.Client();
        foreach (var host in new[] { "evil.example", "localhost", $"localhost:{Port}", "127.0.0.1", $"evil.example:{Port}" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = host } };
            using var answer = await client.SendAsync(request);
            Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/web/studio/studio.js")]
    [InlineData("/api/review/questions")]
    [InlineData("/api/pictures/1/thumb")]
    public async Task Without_a_session_nothing_is_shown(string path)
    {
        using var client = Studio.Stranger();
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("Open the address that it printed", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_start_address_is_good_once_and_a_made_up_one_never()
    {
        var address = Studio.Server.Invite();
        using var first = Studio.Stranger();
        using var second = Studio.Stranger();
        Assert.Equal(HttpStatusCode.OK, (await first.GetAsync(new Uri(address))).StatusCode);
        var answer = await second.GetAsync(new Uri(address));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("good once", await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Forbidden, (await second.GetAsync(new Uri($"{Studio.Server.Origin}/start?token=abc"))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await second.GetAsync(new Uri($"{Studio.Server.Origin}/start"))).StatusCode);
    }

    [Fact]
    public async Task The_cookie_is_kept_from_scripts_and_from_other_sites()
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false };
        using var client = new HttpClient(handler);
        using var answer = await client.GetAsync(new Uri(Studio.Server.Invite()));
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith($"smirk-{Port}=", cookie);
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=strict", cookie);
        Assert.Equal("/", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Writes_need_our_origin_our_header_and_json()
    {
        using var client = await Studio.Client();
        const string Path = "/api/review/undo";
        Assert.Equal(HttpStatusCode.OK, (await Post(client, Path, StudioHouse.Json("{}"))).StatusCode);

        client.DefaultRequestHeaders.Remove("X-Smirk");
        Assert.Equal(HttpStatusCode.Forbidden, (await Post(client, Path, StudioHouse.Json("{}"))).StatusCode);
        client.DefaultRequestHeaders.Add("X-Smirk", "1");
        foreach (var origin in new[] { "http://evil.example", "null", $"http://localhost:{Port}", $"https://127.0.0.1:{Port}" })
        {
            client.DefaultRequestHeaders.Remove("Origin");
            client.DefaultRequestHeaders.Add("Origin", origin);
            Assert.Equal(HttpStatusCode.Forbidden, (await Post(client, Path, StudioHouse.Json("{}"))).StatusCode);
        }

        client.DefaultRequestHeaders.Remove("Origin");
        Assert.Equal(HttpStatusCode.Forbidden, (await Post(client, Path, StudioHouse.Json("{}"))).StatusCode);
        client.DefaultRequestHeaders.Add("Origin", Studio.Server.Origin);
        using var form = new FormUrlEncodedContent([new("a", "b")]);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await Post(client, Path, form)).StatusCode);
        using var plain = new StringContent("{}", new MediaTypeHeaderValue("text/plain"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await Post(client, Path, plain)).StatusCode);
        using var delete = new HttpRequestMessage(HttpMethod.Delete, Path);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await client.SendAsync(delete)).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await client.GetAsync(new Uri(Path, UriKind.Relative))).StatusCode);
    }

    [Theory]
    [InlineData("/web/../smirk.db")]
    [InlineData("/web/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/web/studio/..%2f..%2fsmirk.db")]
    [InlineData("/web/studio/")]
    [InlineData("/api/pictures/..%2f..%2fetc%2fpasswd/thumb")]
    [InlineData("/api/pictures/1x/thumb")]
    [InlineData("/api/pictures/-1/thumb")]
    [InlineData("/api/pictures/99999999999999999999/view")]
    [InlineData("/api/crops/7/thumb")]
    public async Task Names_that_lead_elsewhere_lead_nowhere(string path)
    {
        using var client = await Studio.Client();
        using var answer = await client.GetAsync(new Uri(Studio.Server.Origin + path, new UriCreationOptions
        {
            DangerousDisablePathAndQueryCanonicalization = true,
        }));
        Assert.InRange((int)answer.StatusCode, 400, 499);
        Assert.DoesNotContain("root:", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Every_answer_forbids_strangers_scripts_frames_and_guesses()
    {
        using var client = await Studio.Client();
        foreach (var path in new[] { "/", "/web/studio/studio.js", "/api/review/questions", "/api/pictures/1/thumb", "/nothing" })
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("default-src 'none'; script-src 'self'; style-src 'self'", policy);
            Assert.Contains("frame-ancestors 'none'", policy);
            Assert.DoesNotContain("unsafe", policy);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_without_being_read()
    {
        using var client = await Studio.Client();
        using var answer = await Post(client, "/api/review/answer", StudioHouse.Json(new string(' ', 1_100_000)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task A_password_lets_in_and_a_wrong_one_does_not()
    {
        await using var studio = await StudioHouse.Open(groups: 1, password: "correct horse");
        using var client = studio.Stranger();
        client.DefaultRequestHeaders.Add("X-Smirk", "1");
        client.DefaultRequestHeaders.Add("Origin", studio.Server.Origin);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/login", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await Post(client, "/api/login", StudioHouse.Json("{\"password\":\"horse\"}"))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(new Uri("/api/facts", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.OK,
            (await Post(client, "/api/login", StudioHouse.Json("{\"password\":\"correct horse\"}"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/api/facts", UriKind.Relative))).StatusCode);
    }

    private int Port => new Uri(Studio.Server.Origin).Port;

    private static Task<HttpResponseMessage> Post(HttpClient client, string path, HttpContent content) =>
        client.PostAsync(new Uri(path, UriKind.Relative), content);

    /// <summary>One studio for all tests.</summary>
    public sealed class House : IAsyncLifetime
    {
        public StudioHouse Studio { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Studio = await StudioHouse.Open(groups: 1);

        public ValueTask DisposeAsync() => Studio.DisposeAsync();
    }
}
