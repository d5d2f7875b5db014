using System.Text;
using Smirk.Dataset.Near.Verify;
using Smirk.Workspace.Pages;

namespace Smirk.Dataset.Near.Report;

/// <summary>One group as HTML: the keeper first with its reasons, then each member with its kind, how alike it is, and where it
/// differs.</summary>
/// <param name="inputs">What the numbers mean.</param>
/// <param name="nameOf">A short name to decide by; null for none.</param>
/// <param name="decide">The command that says that a member is no duplicate of its keeper; null for none.</param>
internal sealed class GroupHtml(
    IReadOnlyList<NearInput> inputs, Func<int, string?> nameOf, Func<int, int, string>? decide = null)
{
    // Of thousands of copies of one picture a person looks at a few.
    private const int MostMembers = 60;

    private readonly PairPictures _pictures = new();

    /// <summary>The style that the markup counts on.</summary>
    public const string Style = """
        .near-group {
          display: flex; flex-wrap: wrap; gap: 14px; align-items: flex-start; border-top: 1px solid var(--line); padding: 14px 0;
        }
        .near-card { width: 296px; font-size: 13px; line-height: 1.4; overflow-wrap: anywhere; }
        .near-card.near-keeper { width: 200px; }
        .near-pictures { display: grid; grid-template-columns: 144px 144px; gap: 8px; align-items: start; margin-bottom: 4px; }
        .near-keeper .near-pictures { grid-template-columns: 144px; }
        .near-pictures img { max-width: 144px; max-height: 144px; border-radius: 4px; display: block; }
        .near-none {
          width: 142px; height: 80px; display: grid; place-items: center; text-align: center; border: 1px dashed var(--line);
          border-radius: 4px; color: var(--dim);
        }
        .near-kind { font-weight: 600; }
        """;

    /// <summary>Appends the group's row: its most doubtful members where it has many.</summary>
    /// <param name="page">The page.</param>
    /// <param name="group">The group.</param>
    /// <param name="step">Called before each member is drawn. What it throws, comes out.</param>
    public void Append(StringBuilder page, NearGroup group, Action step)
    {
        step();
        var keeper = Read(group.Keeper);
        page.Append("<div class=\"near-group\"><div class=\"near-card near-keeper\"><div class=\"near-pictures\">");
        page.Append(Image(keeper is null ? null : PairPictures.Thumb(keeper), "kept picture")).Append("</div>");
        page.Append($"<div><span class=\"near-kind\">keep</span> {HtmlPage.Text(inputs[group.Keeper].Name)}</div>");
        page.Append($"<div class=\"dim\">{HtmlPage.Text(string.Join("; ", NearWords.Of(group.Reasons)))}</div>");
        if (nameOf(group.Keeper) is { } name)
            page.Append($"<div class=\"dim\">group {HtmlPage.Text(name)}</div>");
        page.Append("</div>");
        foreach (var member in group.Members.Count <= MostMembers ? group.Members
            : group.Members.OrderByDescending(m => m.Doubt).Take(MostMembers))
        {
            step();
            Append(page, member, group.Keeper, keeper);
        }

        if (group.Members.Count > MostMembers)
            page.Append($"<div class=\"near-card\">and {group.Members.Count - MostMembers} less doubtful ones</div>");
        page.Append("</div>\n");
    }

    private void Append(StringBuilder page, NearMember member, int keeperInput, byte[]? keeper)
    {
        var bytes = Read(member.Index);
        page.Append("<div class=\"near-card\"><div class=\"near-pictures\">")
            .Append(Image(bytes is null ? null : PairPictures.Thumb(bytes), "duplicate"));
        if (member.Kind != NearKind.Exact && bytes is not null && keeper is not null)
            page.Append(Image(_pictures.Difference(bytes, keeper, member.Match?.Difference), "difference"));
        page.Append($"</div><div><span class=\"near-kind\">{member.Kind.Name()}</span> {member.Similarity:P1} alike</div>");
        if (member.Match?.Difference is { } part)
            page.Append($"<div>differs in the outlined region, {part.Width:P0} × {part.Height:P0} of the picture</div>");
        page.Append($"<div class=\"dim\">{HtmlPage.Text(inputs[member.Index].Name)}</div>");
        if (decide is not null && member.Kind != NearKind.Exact)
        {
            var command = HtmlPage.Text(decide(member.Index, keeperInput));
            page.Append($"<details><summary>not a duplicate?</summary><code>{command}</code></details>");
        }

        page.Append("</div>");
    }

    private byte[]? Read(int input)
    {
        try
        {
            return inputs[input].Read();
        }
        catch (Exception error) when (NumberedInputs.IsAboutOneFile(error))
        {
            return null;
        }
    }

    // A box of a picture's size, whether there is one or not: words in its place would lie over what comes next.
    private static string Image(byte[]? jpeg, string alt) =>
        jpeg is null ? $"<div class=\"near-none\">no {alt} to show</div>" : HtmlPage.Image(jpeg, "jpeg", alt, "loading=\"lazy\"");
}
