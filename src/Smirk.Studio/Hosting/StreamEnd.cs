using Microsoft.AspNetCore.Http;

namespace Smirk.Studio.Hosting;

/// <summary>When a stream of events ends.</summary>
internal static class StreamEnd
{
    /// <summary>Set when the page leaves, or the studio stops.</summary>
    public static CancellationToken Of(HttpContext context, CancellationToken stopping)
    {
        var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Response.RegisterForDispose(either);
        return either.Token;
    }
}
