using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Smirk.Collect.Tests.Played;

/// <summary>Plays reddit's API and Arctic Shift from the recorded posts.</summary>
internal sealed class RecordedReddit
{
    private RecordedReddit(IReadOnlyList<JsonElement> posts) => Posts = posts;

    /// <summary>The posts, oldest first.</summary>
    public IReadOnlyList<JsonElement> Posts { get; }

    public static string NdjsonPath => TestData.Require("reddit/posts.ndjson");

    public static RecordedReddit Load() =>
        new([.. File.ReadLines(NdjsonPath).Select(l => JsonDocument.Parse(l).RootElement).OrderBy(Created)
            .ThenBy(p => p.GetProperty("id").GetString(), StringComparer.Ordinal)]);

    /// <summary>Every host that the posts name.</summary>
    public static IReadOnlyList<string> Hosts(string ndjson)
    {
        var hosts = new SortedSet<string>(StringComparer.Ordinal) { "imgur.com", "i.imgur.com", "i.redd.it", "preview.redd.it",
            "www.reddit.com", "oauth.reddit.com", "arctic-shift.photon-reddit.com", "api.imgur.com" };
        foreach (var part in File.ReadAllText(ndjson).Split("://").Skip(1))
            hosts.Add(string.Concat(part.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-')));
        hosts.Remove("");
        return [.. hosts.Where(h => h.Contains('.'))];
    }

    /// <summary>Arctic Shift's search, <paramref name="pageSize"/> posts a page.</summary>
    public async Task SearchAsync(HttpContext context, int pageSize)
    {
        var query = context.Request.Query;
        var after = long.Parse(query["after"].ToString(), CultureInfo.InvariantCulture);
        await SendAsync(
            context, $"{{\"data\":[{string.Join(',', Posts.Where(p => Created(p) > after).Take(pageSize).Select(p => p.GetRawText()))}]}}");
    }

    /// <summary>A listing page of oauth.reddit.com, newest first.</summary>
    public async Task ListAsync(HttpContext context, int pageSize)
    {
        var after = context.Request.Query["after"].ToString();
        var newest = Posts.Reverse().ToList();
        var from = after.Length == 0 ? 0 : newest.FindIndex(p => p.GetProperty("name").GetString() == after) + 1;
        var page = newest.Skip(from).Take(pageSize).ToList();
        var next = from + page.Count < newest.Count ? $"\"{page[^1].GetProperty("name").GetString()}\"" : "null";
        await SendAsync(
            context,
            $"{{\"kind\":\"Listing\",\"data\":{{\"after\":{next},\"children\":["
                + $"{string.Join(',', page.Select(p => $"{{\"kind\":\"t3\",\"data\":{p.GetRawText()}}}"))}]}}}}");
    }

    public static async Task SendAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(json));
    }

    private static long Created(JsonElement post) => (long)post.GetProperty("created_utc").GetDouble();
}
