using System.Text.Json.Nodes;

namespace Smirk.Studio.Tests.Runs;

/// <summary>A stream of server-sent events, as a page follows it.</summary>
internal sealed class Events : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpResponseMessage _answer;
    private readonly StreamReader _lines;

    private Events(HttpResponseMessage answer, StreamReader lines) => (_answer, _lines) = (answer, lines);

    /// <summary>Follows runs from where the page stands.</summary>
    public static async Task<Events> Follow(HttpClient client, string watch)
    {
        var answer = await client.GetAsync(
            new Uri($"/api/runs/events?watch={watch}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return new Events(answer, new StreamReader(await answer.Content.ReadAsStreamAsync()));
    }

    /// <summary>Waits for an event in which something is found.</summary>
    public async Task<JsonNode> Until(Func<JsonNode, JsonNode?> find)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (await _lines.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal) && find(JsonNode.Parse(line["data: ".Length..])!) is { } found)
                return found;
        }

        throw new InvalidOperationException("The stream ended.");
    }

    public ValueTask DisposeAsync()
    {
        _lines.Dispose();
        _answer.Dispose();
        return ValueTask.CompletedTask;
    }
}
