using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace AdvFit.Api.Client;

/// <summary>The addresses of a server: those of its coordinators, each of which answers for all.</summary>
public sealed class ServerAddresses
{
    private static readonly char[] Separators = [',', ' ', '\t', '\n'];

    private readonly ImmutableArray<Uri> _all;

    private ServerAddresses(ImmutableArray<Uri> all) => _all = all;

    /// <summary>The addresses of a text, separated by commas or blanks; null where there is none, or one is not of http or https.</summary>
    public static ServerAddresses? Parse(string text)
    {
        var all = text.Split(Separators, StringSplitOptions.RemoveEmptyEntries)
            .Select(each => Uri.TryCreate(each, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null)
            .Distinct().ToImmutableArray();
        return all.IsEmpty || all.Contains(null) ? null : new ServerAddresses(all!);
    }

    /// <summary>The addresses, without slashes at their ends, separated by a comma and a blank.</summary>
    public override string ToString() => string.Join(", ", _all.Select(Name));

    /// <summary>Who can be asked, in order: of a name with several records, each of its machines.</summary>
    /// <param name="resolve">Looks up a name.</param>
    internal ImmutableArray<ServerTarget> Targets(Func<string, IPAddress[]> resolve) =>
        [.. _all.SelectMany(address => Targets(address, resolve))];

    private static IEnumerable<ServerTarget> Targets(Uri address, Func<string, IPAddress[]> resolve)
    {
        var machines = Machines(address, resolve);
        // A name with one record stays as it is, for proxies to resolve.
        return machines.Length < 2
            ? [new ServerTarget(Name(address), new Uri(Name(address)), null)]
            : machines.Select(machine => new ServerTarget(
                Name(address), new UriBuilder(Name(address)) { Host = machine.ToString() }.Uri, address.Authority));
    }

    private static IPAddress[] Machines(Uri address, Func<string, IPAddress[]> resolve)
    {
        try
        {
            return address.HostNameType == UriHostNameType.Dns ? resolve(address.IdnHost) : [];
        }
        catch (SocketException)
        {
            // The request to it will say that it is unknown.
            return [];
        }
    }

    private static string Name(Uri address) => address.GetLeftPart(UriPartial.Path).TrimEnd('/');
}

/// <summary>One of those that can be asked.</summary>
/// <param name="Name">Its address as the user named it, without a slash at the end.</param>
/// <param name="Root">The address to connect to.</param>
/// <param name="Host">The host to ask for, by which certificates are checked, too; null for that of <paramref name="Root"/>.</param>
internal sealed record ServerTarget(string Name, Uri Root, string? Host)
{
    /// <summary>Addresses a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="path">The path and query, with a slash at the beginning.</param>
    public void Address(HttpRequestMessage request, string path)
    {
        request.RequestUri = new Uri(Root.AbsoluteUri.TrimEnd('/') + path);
        request.Headers.Host = Host;
    }
}
