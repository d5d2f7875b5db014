using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Smirk.Collect.Tests.Played;

namespace Smirk.Collect.Tests.Commands;

/// <summary>The program against a server with TLS, as the real ones are.</summary>
public sealed class SecureCollectTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_server_that_speaks_http_2_is_spoken_to_in_it()
    {
        using var certificate = Certificate();
        await using var web = await PlayedWeb.StartAsync(certificate);
        var (code, output, errors) =
            await CollectAsync(web, 20, ("SSL_CERT_FILE", _folder.Write(
                "ca.pem", Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()))));
        Assert.True(code == 0, errors);
        Assert.Equal(20, JsonDocument.Parse(output).RootElement.GetProperty("fetched").GetInt32());
        Assert.All(web.Requests, r => Assert.Equal("HTTP/2", r.Protocol));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_not_believed()
    {
        using var certificate = Certificate();
        await using var web = await PlayedWeb.StartAsync(certificate);
        var (code, output, errors) = await CollectAsync(web, 1);
        Assert.Equal(3, code);
        Assert.Equal(1, JsonDocument.Parse(output).RootElement.GetProperty("failed").GetInt32());
        Assert.Contains("no secure connection", errors);
        Assert.Empty(web.Requests);
    }

    private async Task<SmirkOutput> CollectAsync(PlayedWeb web, int pictures, params (string Name, string Value)[] environment)
    {
        var list = _folder.Write("links.txt", Encoding.UTF8.GetBytes(
            string.Concat(Enumerable.Range(0, pictures).Select(i => $"https://h.com/{i}.png\n"))));
        using var smirk = SmirkProcess.Start(["collect", list, "-w", Path.Combine(_folder.Path, "ws"), "--rate", "0", "--json", "--map",
            $"h.com={web.Base.Replace("127.0.0.1", "localhost")}h.com/"], environment);
        return await smirk.End();
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
