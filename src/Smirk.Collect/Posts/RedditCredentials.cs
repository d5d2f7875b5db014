using System.Text.Json;
using Smirk.Workspace.Errors;

namespace Smirk.Collect.Posts;

/// <summary>What reddit knows an app by. Never logged, never sent to another host than reddit's.</summary>
/// <param name="Id">The app's client id.</param>
/// <param name="Secret">Its secret; empty for installed apps.</param>
/// <param name="RefreshToken">A person's permission; null to go as the app itself.</param>
public sealed record RedditCredentials(string Id, string Secret, string? RefreshToken)
{
    /// <summary>What to do for a person without an app, as things stand in 2026.</summary>
    public const string HowToGet =
        "Reddit closed its listings to programs without an account, and new API apps need its approval (https://support.reddithelp.com, "
            + "\"Responsible Builder Policy\"). "
        + "With an app, set SMIRK_REDDIT_ID and SMIRK_REDDIT_SECRET, or SMIRK_REDDIT_REFRESH for a refresh token. Without one use --posts "
            + "arctic (a public archive), or --posts file:FILE with a downloaded dump.";

    /// <inheritdoc/>
    public override string ToString() => "(credentials)";

    /// <summary>The credentials in the environment, else in <paramref name="file"/>; null when there are none.</summary>
    /// <exception cref="UsageException">The file can be read by others, or isn't the JSON it should be.</exception>
    public static RedditCredentials? Find(Func<string, string?> environment, string file)
    {
        if (environment("SMIRK_REDDIT_ID") is { Length: > 0 } id)
            return new RedditCredentials(
                id, environment("SMIRK_REDDIT_SECRET") ?? "", environment("SMIRK_REDDIT_REFRESH") is { Length: > 0 } token ? token : null);
        if (!File.Exists(file))
            return null;
        if (!OperatingSystem.IsWindows()
            && (File.GetUnixFileMode(file) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != UnixFileMode.None)
            throw new UsageException($"{file} can be read by others. It holds secrets, so close it first: chmod 600 {file}");
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.Text("id") is { Length: > 0 } found
                ? new RedditCredentials(found, json.RootElement.Text("secret") ?? "", json.RootElement.Text("refresh_token"))
                : throw new UsageException($"{file} has no \"id\"; it should be {{\"id\": …, \"secret\": …, \"refresh_token\": …}}.");
        }
        catch (JsonException)
        {
            throw new UsageException($"{file} isn't JSON; it should be {{\"id\": …, \"secret\": …, \"refresh_token\": …}}.");
        }
    }
}
