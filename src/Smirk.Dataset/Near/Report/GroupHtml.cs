using System.Net;
using System.Text;
using Smirk.Dataset.Near.Verify;
using Smirk.Imaging.Reading;
using Smirk.Workspace.Errors;

namespace Smirk.Dataset.Near.Report;

/// <summary>One group as HTML: the keeper first with its reasons, then each member with its kind, how alike it is, and where it differs.</summary>
/// <param name="inputs">What the numbers mean.</param>
/// <param name="nameOf">A short name to decide by; null for none.</param>
internal sealed class GroupHtml(IReadOnlyList<NearInput> inputs, Func<int, string?> nameOf)
{
    private readonly PairPictures _pictures = new();

    /// <summary>The style that the markup counts on.</summary>
    public const string Style = """
        .near-group{display:flex;flex-wrap:wrap;gap:14px;align-items:flex-start;border-top:1px solid #8884;padding:14px 0}
        .near-card{width:300px;font-size:13px;overflow-wrap:anywhere}
        .near-card.near-keeper{width:190px}
        .near-card img{max-width:144px;max-height:144px;border-radius:4px;vertical-align:top}
        .near-kind{font-weight:600}
        .near-small{opacity:.7}
        """;

    /// <summary>Appends the group's row.</summary>
    public void Append(StringBuilder page, NearGroup group)
    {
        var keeper = Read(group.Keeper);
        page.Append("<div class=\"near-group\"><div class=\"near-card near-keeper\">").Append(Image(keeper is null ? null : PairPictures.Thumb(keeper), "keeper"));
        page.Append($"<div><span class=\"near-kind\">keep</span> {Text(inputs[group.Keeper].Name)}</div><div class=\"near-small\">{Text(string.Join("; ", group.Reasons))}</div>");
        if (nameOf(group.Keeper) is { } name)
            page.Append($"<div class=\"near-small\">group {Text(name)}</div>");
        page.Append("</div>");
        foreach (var member in group.Members)
            Append(page, member, keeper);
        page.Append("</div>\n");
    }

    private void Append(StringBuilder page, NearMember member, byte[]? keeper)
    {
        var bytes = Read(member.Index);
        page.Append("<div class=\"near-card\">").Append(Image(bytes is null ? null : PairPictures.Thumb(bytes), "member"));
        if (member.Kind != NearKind.Exact && bytes is not null && keeper is not null)
            page.Append(' ').Append(Image(_pictures.Difference(bytes, keeper), "difference"));
        page.Append($"<div><span class=\"near-kind\">{member.Kind.Name()}</span> {member.Similarity:P1} alike</div><div class=\"near-small\">{Text(inputs[member.Index].Name)}</div></div>");
    }

    private byte[]? Read(int input)
    {
        try
        {
            return inputs[input].Read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or UnusablePictureException or UnusableInputException)
        {
            return null;
        }
    }

    private static string Image(string? uri, string alt) => uri is null ? $"<span class=\"near-small\">no {alt} to show</span>" : $"<img loading=\"lazy\" alt=\"{alt}\" src=\"{uri}\">";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
