using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Smirk.Studio.Hosting;
using Smirk.Studio.Pages;

namespace Smirk.Studio.Safe;

/// <summary>A password that somebody tries.</summary>
/// <param name="Password">What was typed.</param>
internal sealed record TriedPassword(string Password);

/// <summary>An address that lets another browser in, once.</summary>
/// <param name="Address">The address.</param>
internal sealed record Invitation(string Address);

/// <summary>The ways in: the start address with its token, or the password.</summary>
internal static class LoginEndpoints
{
    private const string Start = "/start", Login = "/login", Password = "/api/login";

    // A person mistypes now and then; a program that guesses waits as long each time.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Whether a path is answered without a session.</summary>
    public static bool IsOpen(PathString path) =>
        path.Value is Start or Login or Password or "/web/studio/login.js" or "/web/studio/studio.css" or "/web/page/dom.js";

    /// <summary>Adds the endpoints.</summary>
    public static void MapLogin(this IEndpointRouteBuilder routes, StudioOptions options, StudioAddress address, Sessions sessions)
    {
        var turn = new SemaphoreSlim(1);
        routes.MapGet(Start, (HttpContext context, string? token) =>
        {
            if (token is null || sessions.Redeem(token) is not { } session)
                return Results.Text(
                    "This address was used already, or the studio was started again since then. Each address that it prints is good once.",
                    statusCode: StatusCodes.Status403Forbidden);
            Remember(context, address, session);
            return Results.Redirect("/");
        });
        routes.MapPost("/api/invitation", () => new Invitation($"{address.Origin}{Start}?token={sessions.NewToken()}"));
        if (options.Password is not { } password)
            return;
        routes.MapGet(Login, () => PageFiles.Answer("studio/login.html"));
        routes.MapPost(Password, async (HttpContext context, TriedPassword tried, CancellationToken cancel) =>
        {
            if (!Secret.AreSame(tried.Password, password))
            {
                await turn.WaitAsync(cancel);
                try
                {
                    await Task.Delay(Pause, cancel);
                }
                finally
                {
                    turn.Release();
                }

                return Results.Text("This isn't the password.", statusCode: StatusCodes.Status403Forbidden);
            }

            Remember(context, address, sessions.NewSession());
            return Results.Ok();
        });
    }

    private static void Remember(HttpContext context, StudioAddress address, string session) =>
        context.Response.Cookies.Append(Guards.CookieName(address), session,
            new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true });
}
