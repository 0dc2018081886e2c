using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace AdvFit.Cluster.Tests;

/// <summary>Whoever sends nonsense is refused, and it is logged; the cluster works on.</summary>
[Collection(WithPostgres.Name)]
[Trait("Category", "Cluster")]
public sealed class Bad_clients(Postgres postgres)
{
    [Fact]
    public async Task Are_refused_and_nothing_falls_over()
    {
        using var cluster = await TestCluster.StartAsync(postgres, coordinators: 1, nodes: 1);
        var sweep = await cluster.Api.Submit(Specs.Interrupted);

        await SendGarbage(cluster.RemotingPort);
        await Refused(cluster, HttpStatusCode.Unauthorized, "api/v1/sweeps", "name: x", token: "wrong");
        await Refused(cluster, HttpStatusCode.Unauthorized, $"api/v1/sweeps/{sweep}/cancel", "", token: null);
        await Refused(cluster, HttpStatusCode.BadRequest, "api/v1/sweeps", "name: [", TestCluster.Token);
        await Refused(cluster, HttpStatusCode.RequestEntityTooLarge, "api/v1/sweeps", new string('#', 2 << 20), TestCluster.Token);
        await Refused(cluster, HttpStatusCode.BadRequest, $"api/v1/sweeps/{sweep}/rerun", """{"everything": true}""", TestCluster.Token);
        await Malformed(cluster.Api.First);

        await Sweeps.ShouldEndAsIfNothingHadHappened(cluster, sweep);
        cluster.Coordinators[0].Log.ShouldNotContain("Unhandled");
    }

    /// <summary>Bytes of no protocol, and the length of a frame that is longer than any may be.</summary>
    private static async Task SendGarbage(int port)
    {
        foreach (var garbage in new[] { RandomNumberGenerator.GetBytes(100_000), [0x7f, 0xff, 0xff, 0xff, 1, 2, 3], Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\n\r\n") })
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            try
            {
                await client.GetStream().WriteAsync(garbage);
                client.Client.Shutdown(SocketShutdown.Send);
            }
            catch (Exception error) when (error is IOException or SocketException)
            {
                // It was shut out while it still talked.
            }
        }
    }

    private static async Task Refused(TestCluster cluster, HttpStatusCode expected, string path, string body, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(cluster.Api.First, path));
        request.Content = new StringContent(
            body, Encoding.UTF8, path.EndsWith("rerun", StringComparison.Ordinal) ? "application/json" : "application/yaml");
        // A body that is refused for its length is not sent at all then.
        request.Headers.ExpectContinue = true;
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await cluster.Api.Send(request);
        answer.StatusCode.ShouldBe(expected, await answer.Content.ReadAsStringAsync());
    }

    private static async Task Malformed(Uri coordinator)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(coordinator.Host, coordinator.Port);
        await client.GetStream().WriteAsync("NONSENSE\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(client.GetStream());
        try
        {
            (await reader.ReadToEndAsync()).ShouldStartWith("HTTP/1.1 400");
        }
        catch (IOException)
        {
            // The connection ended before the answer was read.
        }
    }
}
