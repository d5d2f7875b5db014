namespace Smirk.Workspace.Catalog;

/// <summary>A post, page or album that pictures were collected from.</summary>
/// <param name="Id">Row; 0 before it is stored.</param>
/// <param name="Site">"reddit", "imgur" or a host's name.</param>
/// <param name="SiteId">What the site calls it: the post's id, the album's, or the page's address.</param>
/// <param name="Group">The subreddit; empty where there is none.</param>
/// <param name="Author">Who made it; empty where the site doesn't say.</param>
/// <param name="Title">Its title; for people to read, never part of a path.</param>
/// <param name="Address">Its own address.</param>
/// <param name="CreatedUnix">When it was made, seconds since 1970; 0 where unknown.</param>
/// <param name="Score">Votes when it was last seen.</param>
public sealed record CollectedPost(
    long Id, string Site, string SiteId, string Group, string Author, string Title, string Address, long CreatedUnix, long Score);
