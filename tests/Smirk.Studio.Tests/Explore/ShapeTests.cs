using System.Text.Json;
using Smirk.Imaging;
using Smirk.Imaging.Reading;
using Smirk.Tests.Browser;
using Smirk.Workspace.Packs;

namespace Smirk.Studio.Tests.Explore;

/// <summary>A generator whose pictures were squeezed from 2:3: all that is shown and saved is 26 × 39 pixels for its squares of 32, or as
/// many times as large.</summary>
public sealed class ShapeTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task What_is_shown_and_saved_has_the_shape()
    {
        await using var studio = await ExploreHouse.Trained(Aspect.Parse("2:3"));
        using var client = await studio.Client();
        var facts = await ExploreHouse.Post(client, "open", "{}");
        Assert.Equal((32, 26, 39), (facts.GetProperty("size").GetInt32(), facts.GetProperty("width").GetInt32(),
            facts.GetProperty("height").GetInt32()));
        var tiles = await ExploreHouse.Post(client, "tiles", """{"kind":"new","count":3}""");
        Assert.All(tiles.EnumerateArray(), tile => Assert.Equal((26, 39), SizeOf(tile)));
        string[] codes = [.. tiles.EnumerateArray().Select(tile => tile.GetProperty("code").GetString()!)];
        Assert.Equal((418, 627), SizeOf(await ExploreHouse.Post(client, "picture", $$"""{"code":"{{codes[0]}}"}""")));
        var asked = $$"""{"codes":{{JsonSerializer.Serialize(codes)}},"seconds":0.3,"format":"gif"}""";
        Assert.Equal((2 * 4 * 26, 2 * 4 * 39), SizeOf(await File(client, "sheet", asked)));
        Assert.Equal((8 * 26, 8 * 39), SizeOf(await File(client, "walk", asked)));
        await OwnPicture(client);
        await InTheBrowser(studio);

        // The runs room says it, too.
        var choices = await client.GetStringAsync(new Uri("/api/runs/choices", UriKind.Relative));
        Assert.Contains("\"aspect\":\"2:3\"", choices);
    }

    // 200 × 150 pixels: the middle of 2:3 is 100 × 150.
    private static async Task OwnPicture(HttpClient client)
    {
        using var content = new ByteArrayContent(ExploreHouse.OwnPicture());
        content.Headers.ContentType = new("application/octet-stream");
        using var answer = await client.PostAsync(new Uri("/api/explore/project/upload", UriKind.Relative), content);
        var given = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal([50, 0, 100, 150], given.GetProperty("box").EnumerateArray().Select(v => v.GetInt32()));
        var start = $$"""{"upload":"{{given.GetProperty("id").GetString()}}","steps":2}""";
        var id = (await ExploreHouse.Post(client, "project/start", start)).GetProperty("id").GetString()!;
        var told = (await client.GetStringAsync(new Uri($"/api/explore/project/follow/{id}", UriKind.Relative))).Split('\n')
            .Where(line => line.StartsWith("data:", StringComparison.Ordinal)).Select(line => JsonDocument.Parse(line[5..]).RootElement);
        var last = told.Last();
        Assert.Equal("done", last.GetProperty("state").GetString());
        Assert.Equal((418, 627), SizeOf(last));
        Assert.Equal((418, 627), SizeOf(Bytes(last.GetProperty("target").GetString()!)));
    }

    private async Task InTheBrowser(StudioHouse studio)
    {
        await using var tab = await chromium.Open(studio.Server.Invite(), 1280, 860);
        await tab.Page.GotoAsync($"{studio.Server.Origin}/#explore");
        await tab.Until("document.querySelectorAll('.grid button img').length >= 12");
        foreach (var shown in new[] { ".explore .large", ".grid button" })
        {
            var ratio = await tab.Page.EvaluateAsync<double>(
                $"(() => {{ const box = document.querySelector('{shown}').getBoundingClientRect(); return box.width / box.height; }})()");
            Assert.Equal(2.0 / 3, ratio, 0.02);
        }

        Assert.Contains("26×39 pixels", await tab.Page.InnerTextAsync(".explore .which"));
        Assert.Empty(tab.Complaints);
    }

    private static async Task<byte[]> File(HttpClient client, string path, string json)
    {
        using var answer = await client.PostAsync(new Uri($"/api/explore/{path}", UriKind.Relative), StudioHouse.Json(json));
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private static (int Width, int Height) SizeOf(JsonElement made) => SizeOf(Bytes(made.GetProperty("picture").GetString()!));

    private static (int Width, int Height) SizeOf(byte[] bytes)
    {
        Picture picture = PictureReader.Decode(bytes);
        return (picture.Width, picture.Height);
    }

    // Of a data: address.
    private static byte[] Bytes(string address) => Convert.FromBase64String(address[(address.IndexOf(',') + 1)..]);
}
