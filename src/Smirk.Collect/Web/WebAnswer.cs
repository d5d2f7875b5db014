using System.Net;

namespace Smirk.Collect.Web;

/// <summary>An answer whose headers are there and whose body isn't read yet.</summary>
/// <param name="Response">Status and headers.</param>
/// <param name="Address">The address that answered, after redirects and before --map.</param>
public sealed record WebAnswer(HttpResponseMessage Response, Uri Address) : IDisposable
{
    /// <summary>The answer's status.</summary>
    public HttpStatusCode Status => Response.StatusCode;

    /// <summary>The first value of a header, from the answer or its content; null when absent.</summary>
    public string? Header(string name) =>
        Response.Headers.NonValidated.TryGetValues(name, out var values)
            || Response.Content.Headers.NonValidated.TryGetValues(name, out values)
            ? values.ToString()
            : null;

    /// <inheritdoc/>
    public void Dispose() => Response.Dispose();
}
