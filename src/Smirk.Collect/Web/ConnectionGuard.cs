using System.Net;
using System.Net.Sockets;

namespace Smirk.Collect.Web;

/// <summary>Connects to a host only where every address it resolves to may be connected to, and to one of exactly those
/// addresses.</summary>
/// <remarks>The check and the connection use one resolution, so a name that answers differently the second time gains nothing.</remarks>
/// <param name="whyForbidden">Judges an address (<see cref="AddressRules.WhyForbidden"/>).</param>
/// <param name="resolve">Resolves a name; null for the system's resolver.</param>
public sealed class ConnectionGuard(
    Func<IPAddress, string?> whyForbidden, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
{
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve = resolve ?? Dns.GetHostAddressesAsync;

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="AddressRefusedException">One of the host's addresses is forbidden.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await ResolveAsync(host, cancel);
        SocketException? last = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, port), cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException error)
            {
                socket.Dispose();
                last = error;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw last ?? new SocketException((int)SocketError.HostNotFound);
    }

    /// <summary>The addresses of <paramref name="host"/> (a name or a literal), all of them checked.</summary>
    /// <exception cref="AddressRefusedException">One of them is forbidden.</exception>
    public async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancel)
    {
        var addresses = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await _resolve(host, cancel);
        foreach (var address in addresses)
        {
            if (whyForbidden(address) is { } kind)
                throw new AddressRefusedException(
                    literal is null ? $"{host} is at {address}, a {kind} address" : $"{address} is a {kind} address");
        }

        return addresses;
    }
}
