using System.Net;
using System.Net.Sockets;

namespace AdvFit.Cluster.Tests;

/// <summary>Ports that nobody listens on, each given once.</summary>
internal static class FreePorts
{
    private static readonly Lock Lock = new();
    private static readonly HashSet<int> Given = [];

    public static int Next()
    {
        lock (Lock)
        {
            while (true)
            {
                using var listener = new TcpListener(IPAddress.Loopback, 0);
                listener.Start();
                var port = ((IPEndPoint)listener.LocalEndpoint).Port;
                if (Given.Add(port))
                {
                    return port;
                }
            }
        }
    }
}
