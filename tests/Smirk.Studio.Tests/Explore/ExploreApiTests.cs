using System.Net;
using System.Text.Json;
using Smirk.Gan.Sample;
using Smirk.Studio.Explore;

namespace Smirk.Studio.Tests.Explore;

/// <summary>What the explore room answers.</summary>
public sealed class ExploreApiTests(ExploreHouse house)
{
    [Fact]
    public async Task Runs_and_their_snapshots_are_listed_and_the_best_of_the_newest_opens()
    {
        using var client = await Client();
        var run = JsonDocument.Parse(await client.GetStringAsync(new Uri("/api/explore/runs", UriKind.Relative))).RootElement[0];
        Assert.Equal("0001", run.GetProperty("name").GetString());
        var snapshots = run.GetProperty("snapshots").EnumerateArray().ToList();
        Assert.True(snapshots.Count >= 2, "one before, one after");
        Assert.Equal(0, snapshots[0].GetProperty("kimg").GetDouble());
        var facts = await Post(client, "open", "{}");
        Assert.Equal(32, facts.GetProperty("size").GetInt32());
        Assert.Equal(run.GetProperty("best").GetString(), facts.GetProperty("snapshot").GetString());
    }

    [Fact]
    public async Task Tiles_are_the_same_whatever_they_are_asked_in_and_D_scores_them()
    {
        using var client = await Client();
        var all = Codes(await Post(client, "tiles", """{"kind":"new","seed":3,"count":6}"""));
        var later = await Post(client, "tiles", """{"kind":"new","seed":3,"from":4,"count":2,"realness":true}""");
        Assert.Equal(all[4..], Codes(later));
        Assert.All(later.EnumerateArray(), tile => Assert.True(double.IsFinite(tile.GetProperty("score").GetDouble())));
        Assert.Equal(2, later.EnumerateArray().Select(t => t.GetProperty("score").GetDouble()).Distinct().Count());
        Assert.Equal(6, all.Distinct().Count());
        Assert.StartsWith("data:image/png;base64,iVBOR", later[0].GetProperty("picture").GetString());

        var near = LatentText.Read(Codes(await Post(client, "tiles", """{"kind":"new","seed":3,"count":1,"truncation":0.5}"""))[0]);
        Assert.Equal(LatentText.Read(all[0]).Z[0] / 2, near.Z[0], 1e-6);
    }

    [Fact]
    public async Task Pictures_like_another_change_only_what_may_change()
    {
        using var client = await Client();
        var levels = (await Post(client, "open", "{}")).GetProperty("levels").GetInt32();
        var code = Codes(await Post(client, "tiles", """{"kind":"new","count":1}"""))[0];
        var like = Codes(await Post(client, "tiles", $$"""{"kind":"like","code":"{{code}}","part":"colour","strength":0.7,"count":3}"""));
        Assert.Equal(3, like.Distinct().Count());
        var (before, after) = (LatentText.Read(code), LatentText.Read(like[0]));
        Assert.Equal(before.Z, after.Z);
        Assert.Equal(before.Z, after.Styles![0]);
        Assert.NotEqual(before.Z, after.Styles![levels - 1]);
    }

    [Fact]
    public async Task Two_pictures_are_mixed_row_by_row_and_walked_between()
    {
        using var client = await Client();
        var levels = (await Post(client, "open", "{}")).GetProperty("levels").GetInt32();
        var codes = Codes(await Post(client, "tiles", """{"kind":"new","count":2}"""));
        var both = JsonSerializer.Serialize(codes);
        int[] rows = [0, .. Enumerable.Repeat(1, levels)];
        var mixed = await Post(client, "mix", $$"""{"codes":{{both}},"rows":{{JsonSerializer.Serialize(rows)}}}""");
        var code = LatentText.Read(mixed.GetProperty("code").GetString());
        Assert.Equal(LatentText.Read(codes[0]).Z, code.Z);
        Assert.All(code.Styles!, style => Assert.Equal(LatentText.Read(codes[1]).Z, style));
        var start = await Post(client, "mix", $$"""{"codes":{{both}},"way":0}""");
        Assert.Equal(LatentText.Read(codes[0]).Z[0], LatentText.Read(start.GetProperty("code").GetString()).Z[0], 1e-5);
        using var wrong = await client.PostAsync(
            new Uri("/api/explore/mix", UriKind.Relative), StudioHouse.Json($$"""{"codes":{{both}},"rows":[0]}"""));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains($"expected {1 + levels}", await wrong.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_slider_puts_the_picture_where_it_says_and_leaves_the_other_directions()
    {
        using var client = await Client();
        var code = Codes(await Post(client, "tiles", """{"kind":"new","count":1}"""))[0];
        var before = Places(await Post(client, "places", $$"""{"code":"{{code}}"}"""));
        var moved = await Post(client, "move", $$"""{"code":"{{code}}","direction":1,"to":2.5}""");
        var after = Places(await Post(client, "places", $$"""{"code":"{{moved.GetProperty("code").GetString()}}"}"""));
        Assert.Equal(2.5, after[1], 0.01);
        Assert.Equal(before[0], after[0], 0.01);
    }

    [Fact]
    public async Task The_same_latent_is_another_picture_in_each_snapshot()
    {
        using var client = await Client();
        var runs = JsonDocument.Parse(await client.GetStringAsync(new Uri("/api/explore/runs", UriKind.Relative))).RootElement;
        var code = Codes(await Post(client, "tiles", """{"kind":"new","count":1}"""))[0];
        var pictures = new HashSet<string>();
        foreach (var name in new[] { 0, 1, 0 }.Select(i => runs[0].GetProperty("snapshots")[i].GetProperty("name").GetString()))
        {
            var picture = await Post(client, "picture", $$"""{"code":"{{code}}","run":"0001","snapshot":"{{name}}"}""");
            pictures.Add(picture.GetProperty("picture").GetString()!);
            Assert.Equal(code, picture.GetProperty("code").GetString());
        }

        Assert.Equal(2, pictures.Count);
        using var none = await client.PostAsync(
            new Uri("/api/explore/open", UriKind.Relative), StudioHouse.Json("""{"snapshot":"../../x"}"""));
        Assert.Equal(HttpStatusCode.Conflict, none.StatusCode);
    }

    [Fact]
    public async Task The_nearest_training_pictures_are_known_by_their_row_in_the_catalog()
    {
        using var client = await Client();
        var code = Codes(await Post(client, "tiles", """{"kind":"new","count":1}"""))[0];
        var near = await Post(client, "nearest", $$"""{"code":"{{code}}"}""");
        var pixels = near.GetProperty("byPixels").EnumerateArray().ToList();
        var features = near.GetProperty("byFeatures").EnumerateArray().ToList();
        Assert.Equal(8, pixels.Count);
        Assert.Equal(8, features.Count);
        Assert.True(pixels[0].GetProperty("distance").GetDouble() <= pixels[7].GetProperty("distance").GetDouble());
        var id = pixels[0].GetProperty("id").GetInt64();
        using var thumb = await client.GetAsync(new Uri($"/api/pictures/{id}/thumb", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, thumb.StatusCode);
    }

    [Fact]
    public async Task Latents_are_a_file_that_sample_takes_and_sheets_and_walks_are_pictures()
    {
        var studio = await house.Studio();
        using var client = await Client();
        var codes = Codes(await Post(client, "tiles", """{"kind":"new","count":3}"""));
        var asked = $$"""{"codes":{{JsonSerializer.Serialize(codes)}},"seconds":0.3,"format":"gif"}""";
        var path = studio.File("three.safetensors");
        await File.WriteAllBytesAsync(path, await Bytes(client, "latents", asked));
        Assert.Equal(codes, LatentFile.Read(path).Select(LatentText.Of));
        var sampled = await SmirkProcess.Run("sample", studio.Workspace, "--latents", path, "--grid", studio.File("grid.png"));
        Assert.True(sampled.ExitCode == 0, sampled.Error);
        Assert.Equal("GIF89a"u8.ToArray(), (await Bytes(client, "walk", asked))[..6]);
        Assert.Equal(0x89, (await Bytes(client, "sheet", asked))[0]);
    }

    [Fact]
    public async Task The_page_for_others_is_made_by_smirk_share_and_offered()
    {
        using var client = await Client();
        await Post(client, "share", """{"run":"0001"}""");
        for (var i = 0; ; i++)
        {
            var state = JsonDocument.Parse(await client.GetStringAsync(new Uri("/api/explore/share/0001", UriKind.Relative))).RootElement;
            if (state.GetProperty("state").GetString() == "done")
                break;
            Assert.True(state.GetProperty("state").GetString() == "working" && i < 300, state.ToString());
            await Task.Delay(200);
        }

        using var page = await client.GetAsync(new Uri("/api/explore/share/0001/page", UriKind.Relative));
        Assert.Equal("application/octet-stream", page.Content.Headers.ContentType!.MediaType);
        Assert.Contains("<html", await page.Content.ReadAsStringAsync());
    }

    private static Task<JsonElement> Post(HttpClient client, string path, string json) => ExploreHouse.Post(client, path, json);

    private static async Task<byte[]> Bytes(HttpClient client, string path, string json)
    {
        using var answer = await client.PostAsync(new Uri($"/api/explore/{path}", UriKind.Relative), StudioHouse.Json(json));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private async Task<HttpClient> Client() => await (await house.Studio()).Client();

    private static string[] Codes(JsonElement tiles) => [.. tiles.EnumerateArray().Select(t => t.GetProperty("code").GetString()!)];

    private static double[] Places(JsonElement answer) => [.. answer.GetProperty("places").EnumerateArray().Select(p => p.GetDouble())];
}
