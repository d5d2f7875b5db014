using System.Net;
using System.Text;
using System.Text.Json;

namespace Smirk.Studio.Tests.Explore;

/// <summary>Projection of one's own picture, and what is refused.</summary>
public sealed class ProjectionTests(ExploreHouse house)
{
    [Fact]
    public async Task A_picture_is_cut_and_projected_and_is_seen_as_it_converges()
    {
        using var client = await (await house.Studio()).Client();
        var given = JsonDocument.Parse(await Upload(client, ExploreHouse.OwnPicture(), HttpStatusCode.OK)).RootElement;
        Assert.Equal((200, 150), (given.GetProperty("width").GetInt32(), given.GetProperty("height").GetInt32()));
        Assert.Equal([25, 0, 150, 150], given.GetProperty("box").EnumerateArray().Select(v => v.GetInt32()));
        var upload = given.GetProperty("id").GetString();
        var id = (await ExploreHouse.Post(client, "project/start", $$"""{"upload":"{{upload}}","box":[50,20,100,100],"steps":12}"""))
            .GetProperty("id").GetString()!;
        var told = await Follow(client, id, _ => false);
        Assert.Contains(told, m => State(m) == "searching" && m.GetProperty("picture").ValueKind == JsonValueKind.String);
        var last = told[^1];
        Assert.Equal("done", last.GetProperty("state").GetString());
        var result = last.GetProperty("result");
        Assert.True(result.GetProperty("distance").GetDouble() < result.GetProperty("nearestSample").GetDouble());
        Assert.InRange(result.GetProperty("nearerThan").GetDouble(), 0, 1);
        var again = await ExploreHouse.Post(client, "picture", $$"""{"code":"{{result.GetProperty("code").GetString()}}"}""");
        Assert.Equal(last.GetProperty("picture").GetString(), again.GetProperty("picture").GetString());
    }

    [Fact]
    public async Task Tiles_come_while_it_searches_and_it_can_be_cancelled()
    {
        using var client = await (await house.Studio()).Client();
        var given = JsonDocument.Parse(await Upload(client, ExploreHouse.OwnPicture(), HttpStatusCode.OK)).RootElement;
        var asked = $$"""{"upload":"{{given.GetProperty("id").GetString()}}","steps":10000}""";
        var id = (await ExploreHouse.Post(client, "project/start", asked)).GetProperty("id").GetString()!;
        await Follow(client, id, m => m.GetProperty("picture").ValueKind == JsonValueKind.String && State(m) == "searching");
        Assert.Equal(4, (await ExploreHouse.Post(client, "tiles", """{"kind":"new","count":4}""")).GetArrayLength());

        // Another snapshot would pull the generator from under the search.
        var runs = JsonDocument.Parse(await client.GetStringAsync(new Uri("/api/explore/runs", UriKind.Relative))).RootElement;
        var other = runs[0].GetProperty("snapshots").EnumerateArray().Select(s => s.GetProperty("name").GetString())
            .First(n => n != runs[0].GetProperty("best").GetString());
        using var refused = await client.PostAsync(
            new Uri("/api/explore/open", UriKind.Relative), StudioHouse.Json($$"""{"snapshot":"{{other}}"}"""));
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        await ExploreHouse.Post(client, "project/cancel", $$"""{"id":"{{id}}"}""");
        Assert.Equal("cancelled", (await Follow(client, id, _ => false))[^1].GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")]
    [InlineData("<!doctype html><script>alert(1)</script>")]
    [InlineData("")]
    public async Task What_is_no_picture_is_refused_with_words(string content)
    {
        using var client = await (await house.Studio()).Client();
        var words = await Upload(client, Encoding.UTF8.GetBytes(content), HttpStatusCode.BadRequest);
        Assert.InRange(words.Length, 10, 300);
        Assert.DoesNotContain("<", words);
        Assert.DoesNotContain("fault", words);
    }

    [Fact]
    public async Task A_file_of_two_gigabytes_is_refused_by_its_length()
    {
        using var client = await (await house.Studio()).Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/explore/project/upload") { Content = new Endless(2L << 30) };
        request.Headers.ExpectContinue = true;
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("The file has 2147 MB; at most 64 MB are taken.", await answer.Content.ReadAsStringAsync());
    }

    private static string? State(JsonElement message) => message.GetProperty("state").GetString();

    private static async Task<string> Upload(HttpClient client, byte[] bytes, HttpStatusCode expected)
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new("application/octet-stream");
        using var answer = await client.PostAsync(new Uri("/api/explore/project/upload", UriKind.Relative), content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{answer.StatusCode}: {text}");
        return text;
    }

    private static async Task<List<JsonElement>> Follow(HttpClient client, string id, Predicate<JsonElement> isEnough)
    {
        using var answer = await client.GetAsync(
            new Uri($"/api/explore/project/follow/{id}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        var told = new List<JsonElement>();
        while (await lines.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith("data:", StringComparison.Ordinal))
                continue;
            told.Add(JsonDocument.Parse(line["data:".Length..]).RootElement);
            if (isEnough(told[^1]))
                break;
        }

        return told;
    }

    // Says that it is long, and would be.
    private sealed class Endless(long length) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            stream.WriteAsync(new byte[1000]).AsTask();

        protected override bool TryComputeLength(out long value)
        {
            Headers.ContentType ??= new("application/octet-stream");
            value = length;
            return true;
        }
    }
}
