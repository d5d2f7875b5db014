using System.Collections.Frozen;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Smirk.Studio.Pages;

/// <summary>The pages' files, which travel in the program. Names are looked up among those there are, never made into paths.</summary>
internal static class PageFiles
{
    private const string Prefix = "web/";

    private static readonly FrozenSet<string> Names =
        typeof(PageFiles).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).ToFrozenSet();

    /// <summary>Adds the endpoints.</summary>
    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Answer("studio/studio.html"));
        routes.MapGet("/web/{**name}", (string name) => Answer(name));
        routes.MapGet("/favicon.ico", () => Results.NoContent());
    }

    /// <summary>One of the files.</summary>
    /// <param name="name">Below web/, such as <c>studio/studio.css</c>.</param>
    public static IResult Answer(string name) =>
        Names.Contains(Prefix + name) && TypeOf(name) is { } type
            ? Results.Stream(typeof(PageFiles).Assembly.GetManifestResourceStream(Prefix + name)!, type)
            : Results.Text("The studio has no such page.", statusCode: StatusCodes.Status404NotFound);

    private static string? TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        _ => null,
    };
}
