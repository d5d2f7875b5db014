using System.Collections.Concurrent;

namespace Smirk.Studio.Safe;

/// <summary>Who may come in: a start token is good once, for a session; a session lasts as long as the studio.</summary>
internal sealed class Sessions
{
    private readonly ConcurrentDictionary<string, byte> _tokens = [];
    private readonly ConcurrentDictionary<string, byte> _sessions = [];

    /// <summary>A new start token.</summary>
    public string NewToken()
    {
        var token = Secret.New();
        _tokens[Secret.Hash(token)] = 0;
        return token;
    }

    /// <summary>A new session for a start token; null for a token that is none, or was used.</summary>
    public string? Redeem(string token) => _tokens.TryRemove(Secret.Hash(token), out _) ? NewSession() : null;

    /// <summary>A new session.</summary>
    public string NewSession()
    {
        var session = Secret.New();
        _sessions[Secret.Hash(session)] = 0;
        return session;
    }

    /// <summary>Whether that is a session.</summary>
    public bool Has(string? session) => session is not null && _sessions.ContainsKey(Secret.Hash(session));
}
