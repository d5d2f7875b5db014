using System.Text.Json;

namespace Smirk.Collect.Posts;

/// <summary>How a post says that it was taken down. What its author or a moderator took down is left alone, even where the picture's
/// address still answers.</summary>
internal static class RemovalSigns
{
    /// <summary>"removed by moderator" and the like; null for a post that stands.</summary>
    public static string? WhyRemoved(JsonElement json)
    {
        if (json.Text("removed_by_category") is { Length: > 0 } by)
            return by is "deleted" or "author" ? "deleted by its author" : $"removed by {by}";

        // Arctic Shift's second look at a post, some days later, and the removals people ask it for.
        if (json.TryGetProperty("_meta", out var meta) && meta.ValueKind == JsonValueKind.Object)
        {
            if (meta.Text("removal_type") is { Length: > 0 } type)
                return type is "deleted" ? "deleted by its author" : $"removed ({type})";
            if (meta.Flag("was_deleted_later") || meta.Flag("was_initially_deleted"))
                return "deleted by its author";
        }

        return json.Text("title") is "[deleted by user]" or "[deleted]" || json.Text("selftext") is "[deleted]"
            ? "deleted by its author"
            : json.Text("title") is "[removed]" || json.Text("selftext") is "[removed]" || json.Text("banned_by") is not null
                ? "removed"
                : null;
    }
}
