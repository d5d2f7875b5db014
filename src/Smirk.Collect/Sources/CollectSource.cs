using Smirk.Collect.Git;

namespace Smirk.Collect.Sources;

/// <summary>A source, told apart by its form alone.</summary>
/// <param name="Given">As the person wrote it.</param>
public abstract record CollectSource(string Given)
{
    /// <summary>The kind that the catalog knows it by.</summary>
    public abstract string Kind { get; }

    /// <summary>The name that the catalog knows it by: the same for the same thing however it is written.</summary>
    public virtual string Name => Given;
}

/// <summary>A subreddit's posts, or a person's.</summary>
/// <param name="Given">As written.</param>
/// <param name="Field">"subreddit" or "author".</param>
/// <param name="Which">The subreddit's or person's name.</param>
public sealed record RedditListing(string Given, string Field, string Which) : CollectSource(Given)
{
    /// <inheritdoc/>
    public override string Kind => "reddit";

    /// <inheritdoc/>
    public override string Name => $"{(Field == "subreddit" ? "r" : "u")}/{Which}";
}

/// <summary>One post.</summary>
/// <param name="Given">As written.</param>
/// <param name="Id">The post's id.</param>
public sealed record RedditPost(string Given, string Id) : CollectSource(Given)
{
    /// <inheritdoc/>
    public override string Kind => "reddit";

    /// <inheritdoc/>
    public override string Name => $"https://redd.it/{Id}";
}

/// <summary>A file or folder of recorded posts; "-" for standard input.</summary>
/// <param name="Given">As written.</param>
public sealed record RecordedPosts(string Given) : CollectSource(Given)
{
    /// <inheritdoc/>
    public override string Kind => "posts";

    /// <inheritdoc/>
    public override string Name => Given == "-" ? "posts from standard input" : Path.GetFullPath(Given);
}

/// <summary>A git repository or bundle.</summary>
/// <param name="Given">As written.</param>
/// <param name="Address">Where.</param>
public sealed record GitSource(string Given, GitAddress Address) : CollectSource(Given)
{
    /// <inheritdoc/>
    public override string Kind => "git";

    /// <inheritdoc/>
    public override string Name => Address.Text;
}

/// <summary>An address on the web: a picture, an imgur album or a page.</summary>
/// <param name="Given">As written.</param>
/// <param name="Address">The address.</param>
public sealed record WebSource(string Given, Uri Address) : CollectSource(Given)
{
    /// <inheritdoc/>
    public override string Kind => "web";

    /// <inheritdoc/>
    public override string Name => Address.AbsoluteUri;
}

/// <summary>A text file with an address a line.</summary>
/// <param name="Given">As written.</param>
public sealed record AddressList(string Given) : CollectSource(Given)
{
    /// <inheritdoc/>
    public override string Kind => "addresses";

    /// <inheritdoc/>
    public override string Name => Path.GetFullPath(Given);
}

/// <summary>A folder, archive or picture on this machine.</summary>
/// <param name="Given">As written.</param>
public sealed record LocalFiles(string Given) : CollectSource(Given)
{
    /// <inheritdoc/>
    public override string Kind => "folder";
}
