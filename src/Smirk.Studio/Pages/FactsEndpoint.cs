using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Smirk.Workspace;

namespace Smirk.Studio.Pages;

/// <summary>What the page knows of the workspace before any room is open.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Folder">Its whole path.</param>
/// <param name="Version">Smirk's version.</param>
internal sealed record StudioFacts(string Name, string Folder, string Version);

/// <summary>Tells them.</summary>
internal static class FactsEndpoint
{
    /// <summary>Adds the endpoint.</summary>
    public static void MapFacts(this IEndpointRouteBuilder routes, SmirkWorkspace workspace) =>
        routes.MapGet("/api/facts", () => new StudioFacts(Path.GetFileName(workspace.Folder), workspace.Folder,
            typeof(FactsEndpoint).Assembly.GetName().Version?.ToString(3) ?? ""));
}
