namespace Smirk.Collect.Web;

/// <summary>How a request ended that brought nothing.</summary>
public enum WebFailureKind
{
    /// <summary>It was taken down; asking again is of no use.</summary>
    Gone,

    /// <summary>Our rules or the server's say no; asking again is of no use.</summary>
    Refused,

    /// <summary>It is there, and not to be taken: too large, or it asks to be left alone. A copy of it elsewhere isn't wanted
    /// either.</summary>
    Unwanted,

    /// <summary>It may work another time.</summary>
    Failed,
}

/// <summary>A request that brought nothing, for good or in all its attempts.</summary>
/// <param name="kind">Whether to ask again.</param>
/// <param name="reason">Why, in a few words for the person: "404 Not Found".</param>
/// <param name="inner">What happened in the last attempt.</param>
/// <param name="status">The answer's HTTP status where that is what was wrong; 0 otherwise.</param>
public sealed class WebFailureException(WebFailureKind kind, string reason, Exception? inner = null, int status = 0)
    : Exception(reason, inner)
{
    /// <summary>The answer's HTTP status where that is what was wrong; 0 otherwise.</summary>
    public int Status => status;

    /// <summary>Whether not even a connection came about: the name is unknown, or nobody listens.</summary>
    public bool IsHostDead =>
        InnerException is HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError
            or HttpRequestError.ConnectionError
        };

    /// <summary>Whether to ask again.</summary>
    public WebFailureKind Kind => kind;
}

/// <summary>An attempt failed in a way that passes: the next may work, and goes on where this one stopped.</summary>
internal sealed class TransientException(string reason, Exception? inner = null) : Exception(reason, inner);
