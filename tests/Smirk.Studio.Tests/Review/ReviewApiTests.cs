using System.Net;
using System.Text.Json;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;

namespace Smirk.Studio.Tests.Review;

/// <summary>What the review room answers.</summary>
public sealed class ReviewApiTests(ReviewApiTests.House house) : IClassFixture<ReviewApiTests.House>
{
    private StudioHouse Studio => house.Studio;

    [Fact]
    public async Task Questions_come_most_doubtful_first_and_pairs_know_their_keeper()
    {
        using var client = await Studio.Client();
        var questions = (await Get(client, "/api/review/questions")).GetProperty("questions").EnumerateArray().ToList();
        Assert.Equal(8, questions.Count);
        Assert.All(questions, q => Assert.Equal("pair", q.GetProperty("kind").GetString()));
        Assert.All(questions, q => Assert.True(q.GetProperty("keeper").GetInt64() > 0));
        var doubts = questions.Select(q => q.GetProperty("doubt").GetDouble()).ToList();
        Assert.Equal(doubts.OrderDescending(), doubts);
    }

    [Fact]
    public async Task A_pair_is_laid_over_each_other_and_says_only_what_differs()
    {
        using var client = await Studio.Client();
        var small = await Question(client, found: "resize");
        var pair = await Get(client, $"/api/review/pair/{small.Id}/{small.Keeper}");
        var map = pair.GetProperty("map").EnumerateArray().Select(v => v.GetDouble()).ToArray();

        // Shares of the sides onto shares of the sides: a smaller copy lies where the larger one does.
        foreach (var (x, y) in new[] { (0.0, 0.0), (1, 0), (0, 1), (1, 1), (.3, .7) })
        {
            var w = (map[6] * x) + (map[7] * y) + map[8];
            Assert.Equal(x, ((map[0] * x) + (map[1] * y) + map[2]) / w, 0.01);
            Assert.Equal(y, ((map[3] * x) + (map[4] * y) + map[5]) / w, 0.01);
        }

        var statements = pair.GetProperty("statements").EnumerateArray()
            .ToDictionary(s => s.GetProperty("code").GetString()!,
                s => (s.GetProperty("sign").GetInt32(), s.GetProperty("text").GetString()));
        Assert.Equal((-1, "smaller, the other is larger by 100 %: 150 × 150, not 300 × 300"), statements["size"]);
        Assert.Equal(-1, statements["compression"].Item1);
        Assert.DoesNotContain("frames", statements.Keys);
        Assert.DoesNotContain("depth", statements.Keys);
    }

    [Fact]
    public async Task Answers_are_one_step_of_the_log_that_decide_has_and_undo_and_redo_go_through_it()
    {
        using var client = await Studio.Client();
        var question = await Question(client, found: "resize");
        var before = Log();
        var swap = $$"""
            {"words":[{"id":{{question.Id}},"word":"keep","keeper":{{question.Keeper}}},{"id":{{question.Keeper}},"word":"drop"}]}
            """;
        var changed = await Post(client, "/api/review/answer", swap);
        Assert.Equal(2, changed.GetProperty("changed").GetArrayLength());
        Assert.Equal(1, changed.GetProperty("undo").GetInt32());
        Assert.Contains(question.Id, Kept());
        Assert.DoesNotContain(question.Keeper, Kept());

        await Post(client, "/api/review/undo", "{}");
        Assert.Equal(before, Log());
        var again = await Post(client, "/api/review/redo", "{}");
        Assert.Equal((1, 0), (again.GetProperty("undo").GetInt32(), again.GetProperty("redo").GetInt32()));
        Assert.Contains(question.Id, Kept());
        await Post(client, "/api/review/undo", "{}");
        Assert.Equal(before, Log());
        Assert.Empty((await Post(client, "/api/review/undo", "{}")).GetProperty("changed").EnumerateArray());
    }

    [Fact]
    public async Task Decisions_are_taken_while_a_stage_holds_the_workspace()
    {
        using var client = await Studio.Client();
        var question = await Question(client, found: "resize");
        using (SmirkWorkspace.Open(Studio.Workspace))
            await Post(client, "/api/review/answer", $$"""{"words":[{"id":{{question.Id}},"word":"not-duplicate"}]}""");
        Assert.Contains(question.Id, Kept());
        await Post(client, "/api/review/undo", "{}");
    }

    [Theory]
    [InlineData("{\"words\":[{\"id\":1,\"word\":\"maybe\"}]}", HttpStatusCode.BadRequest, "'maybe' is not a verdict")]
    [InlineData("{\"words\":[{\"id\":9999,\"word\":\"keep\"}]}", HttpStatusCode.Conflict, "has no picture 9999")]
    [InlineData("{\"words\":[{\"id\":1,\"word\":\"keep\",\"boxes\":[[1,2,3000,4000]]}]}", HttpStatusCode.BadRequest, "doesn't lie in")]
    [InlineData("{\"words\":[{\"id\":1,\"word\":\"keep\",\"boxes\":[[1,2]]}]}", HttpStatusCode.BadRequest, "is not a box")]
    [InlineData("{\"words\":", HttpStatusCode.BadRequest, "can't be read")]
    [InlineData("[]", HttpStatusCode.BadRequest, "can't be read")]
    public async Task What_makes_no_sense_is_told_and_changes_nothing(string body, HttpStatusCode status, string words)
    {
        using var client = await Studio.Client();
        var before = Log();
        using var answer = await client.PostAsync(new Uri("/api/review/answer", UriKind.Relative), StudioHouse.Json(body));
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync());
        Assert.Equal(before, Log());
    }

    [Fact]
    public async Task A_picture_tells_its_story_and_is_encoded_anew()
    {
        using var client = await Studio.Client();
        var question = await Question(client, found: "resize");
        var facts = await Get(client, $"/api/pictures/{question.Id}");
        Assert.EndsWith("-small.jpg", facts.GetProperty("name").GetString());
        Assert.Contains("drop, near: resize of", facts.GetProperty("lines").ToString());
        using var view = await client.GetAsync(new Uri($"/api/pictures/{question.Id}/view", UriKind.Relative));
        Assert.Equal("image/png", view.Content.Headers.ContentType!.MediaType);
        using var thumb = await client.GetAsync(new Uri($"/api/pictures/{question.Id}/thumb", UriKind.Relative));
        Assert.Equal("image/jpeg", thumb.Content.Headers.ContentType!.MediaType);
        Assert.Single(Directory.GetFiles(Studio.File("cache"), $"*.jpg", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Keys_stay_with_the_workspace()
    {
        using var client = await Studio.Client();
        await Post(client, "/api/keys", "{\"keep\":\"1\"}");
        Assert.Equal("1", (await Get(client, "/api/keys")).GetProperty("keep").GetString());
        using var refused = await client.PostAsync(new Uri("/api/keys", UriKind.Relative), StudioHouse.Json("{\"keep\":\"\"}"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        await Post(client, "/api/keys", "{}");
    }

    private static async Task<(long Id, long Keeper)> Question(HttpClient client, string found)
    {
        var questions = (await Get(client, "/api/review/questions")).GetProperty("questions").EnumerateArray();
        var question = questions.First(q => q.GetProperty("found").GetString() == found);
        return (question.GetProperty("id").GetInt64(), question.GetProperty("keeper").GetInt64());
    }

    private IReadOnlyList<Decision> Log()
    {
        using var workspace = SmirkWorkspace.OpenToRead(Studio.Workspace);
        return workspace.Catalog.Decisions.All();
    }

    private List<long> Kept()
    {
        using var workspace = SmirkWorkspace.OpenToRead(Studio.Workspace);
        return [.. workspace.Catalog.Pictures.Kept().Select(p => p.Id)];
    }

    private static async Task<JsonElement> Get(HttpClient client, string path) =>
        Parsed(await client.GetAsync(new Uri(path, UriKind.Relative)));

    private static async Task<JsonElement> Post(HttpClient client, string path, string body) =>
        Parsed(await client.PostAsync(new Uri(path, UriKind.Relative), StudioHouse.Json(body)));

    private static JsonElement Parsed(HttpResponseMessage answer)
    {
        using var reader = new StreamReader(answer.Content.ReadAsStream());
        var text = reader.ReadToEnd();
        Assert.True(answer.IsSuccessStatusCode, text);
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    /// <summary>One studio for all tests.</summary>
    public sealed class House : IAsyncLifetime
    {
        public StudioHouse Studio { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Studio = await StudioHouse.Open(groups: 4);

        public ValueTask DisposeAsync() => Studio.DisposeAsync();
    }
}
