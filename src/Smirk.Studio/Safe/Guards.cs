using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Smirk.Studio.Hosting;

namespace Smirk.Studio.Safe;

/// <summary>What stands before every answer. Any page that a person visits may send requests to this machine, and names that it owns may
/// lead here: so the address has to be ours, the browser has to hold the session's cookie, and writes have to come from our page.</summary>
internal static class Guards
{
    /// <summary>The header that only our page's script can send.</summary>
    public const string Header = "X-Smirk";

    private const string Json = "application/json", Picture = "application/octet-stream";

    // No script, style or picture but ours, no frames, no forms, nothing sent elsewhere. blob: is what our own scripts make.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; worker-src 'self'; "
            + "media-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Adds them all, in order.</summary>
    public static void UseGuards(this IApplicationBuilder app, StudioAddress address, Sessions sessions)
    {
        app.Use((context, next) => CheckHost(context, next, address));
        app.Use((context, next) => CheckWrite(context, next, address));
        app.Use((context, next) => CheckSession(context, next, address, sessions));
    }

    /// <summary>The cookie's name: browsers share cookies between ports, so the port is a part of it.</summary>
    public static string CookieName(StudioAddress address) => $"smirk-{address.Port}";

    private static Task CheckHost(HttpContext context, RequestDelegate next, StudioAddress address)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        var host = context.Request.Headers.Host;
        return host.Count == 1 && address.Host.Length > 0 && host[0] == address.Host ? next(context)
            : Refuse(context, StatusCodes.Status421MisdirectedRequest, "This address isn't the studio's.");
    }

    private static Task CheckWrite(HttpContext context, RequestDelegate next, StudioAddress address)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return next(context);
        if (!HttpMethods.IsPost(request.Method))
            return Refuse(context, StatusCodes.Status405MethodNotAllowed, "Only GET and POST are answered.");
        if (request.Headers.Origin is not [{ } origin] || origin != address.Origin)
            return Refuse(context, StatusCodes.Status403Forbidden, "The request comes from another page.");
        if (request.Headers[Header] is not ["1"])
            return Refuse(context, StatusCodes.Status403Forbidden, $"The header {Header} is missing.");
        var type = request.ContentType?.Split(';')[0].Trim();
        return type is Json or Picture ? next(context)
            : Refuse(context, StatusCodes.Status415UnsupportedMediaType, $"Expected {Json}, or {Picture} for a picture.");
    }

    private static Task CheckSession(HttpContext context, RequestDelegate next, StudioAddress address, Sessions sessions) =>
        LoginEndpoints.IsOpen(context.Request.Path) || sessions.Has(context.Request.Cookies[CookieName(address)]) ? next(context)
            : Refuse(context, StatusCodes.Status401Unauthorized,
                "The studio doesn't know this browser. Open the address that it printed when it started, or start it again.");

    private static Task Refuse(HttpContext context, int status, string why)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(why);
    }
}
