using System.Text;
using System.Text.Json;

namespace Smirk.Workspace.Catalog;

/// <summary>Enum values as the catalog spells them: "not-largest" for NotLargest.</summary>
public static class Code
{
    /// <summary>The spelling of <paramref name="value"/>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>The value that <paramref name="code"/> spells; null for one that this version doesn't know.</summary>
    public static T? Read<T>(string code)
        where T : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(code);
        var name = new StringBuilder();
        foreach (var part in code.Split('-'))
            name.Append(part.Length == 0 ? "" : char.ToUpperInvariant(part[0]) + part[1..]);
        return Enum.TryParse<T>(name.ToString(), out var value) && Enum.IsDefined(value) ? value : null;
    }
}
