using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;

namespace Smirk.Studio.Keys;

/// <summary>The keys that the person changed, which stay with the workspace.</summary>
internal static class KeyEndpoints
{
    // As many commands as there will ever be, and the longest name of a key.
    private const int Most = 200, Longest = 40;

    /// <summary>Adds the endpoints.</summary>
    public static void MapKeys(this IEndpointRouteBuilder routes, SmirkWorkspace workspace)
    {
        var path = Path.Combine(workspace.Folder, WorkspaceFiles.StudioKeys);
        routes.MapGet("/api/keys", () => Read(path));
        routes.MapPost("/api/keys", (Dictionary<string, string> keys) =>
        {
            if (keys.Count > Most || keys.Any(k => k.Key.Length > Longest || k.Value is not { Length: > 0 and <= Longest }))
                throw new UsageException($"Keys: expected at most {Most} names of commands with a key each.");
            AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, keys, StudioJson.Default.DictionaryStringString));
        });
    }

    // Somebody may have edited it: keys are worth no failure.
    private static Dictionary<string, string> Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize(stream, StudioJson.Default.DictionaryStringString) ?? [];
        }
        catch (Exception error) when (error is IOException or JsonException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
