using System.Net;

namespace Smirk.Gan.Report;

/// <summary>Pieces of HTML that the report is made of.</summary>
internal static class Html
{
    /// <summary>Text made safe to stand in HTML and in attributes.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A picture that travels inside the page; a hidden one is left to the page's script to show.</summary>
    public static string Picture(byte[] png, string alt, string cssClass = "", bool hidden = false) =>
        $"<img class=\"{cssClass}\"{(hidden ? " hidden" : "")} alt=\"{Escape(alt)}\" src=\"data:image/png;base64,{Convert.ToBase64String(png)}\">";

    /// <summary>A table; cells are HTML already.</summary>
    public static string Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows) =>
        $"<table><thead><tr>{string.Concat(head.Select(h => $"<th>{h}</th>"))}</tr></thead><tbody>"
        + string.Concat(rows.Select(r => $"<tr>{string.Concat(r.Select(c => $"<td>{c}</td>"))}</tr>")) + "</tbody></table>";
}
