#include "dockerlite/format/schema.hpp"
#include "dockerlite/format/template.hpp"
#include "support/catch.hpp"

namespace {

using namespace dockerlite::format;
using Root = Schema::Root;

constexpr std::string_view kContainer =
    R"({"Id":"abc","Created":"2026-01-02T03:04:05.678Z","Path":"sh","Args":["-c","x"],)"
    R"("State":{"Status":"running","Running":true,"Pid":7,"ExitCode":0,"StartedAt":"2026-01-02T03:04:06Z"},)"
    R"("Image":"sha256:1","Name":"/web","RestartCount":2,"Platform":"linux","ExecIDs":null,)"
    R"("HostConfig":{"Binds":["a:/b"],"NanoCpus":5,"CpuShares":3,"Memory":64,"NetworkMode":"bridge",)"
    R"("PortBindings":{"80/tcp":[{"HostIp":"","HostPort":"8080"}]},"RestartPolicy":{"Name":"always",)"
    R"("MaximumRetryCount":0},"Ulimits":[{"Name":"nofile","Soft":1,"Hard":2}],"ConsoleSize":[24,80],)"
    R"("CapAdd":["NET_ADMIN"],"Annotations":{"k":"v"}},"GraphDriver":{"Name":"overlay2","Data":{"a":"b"}},)"
    R"("Config":{"Hostname":"h","Env":["A=b","C=<d>"],"Cmd":["sh"],"Labels":{"x":"y","a.b":"c"},)"
    R"("ExposedPorts":{"80/tcp":{}},"StopSignal":"9"},)"
    R"("NetworkSettings":{"Ports":{"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"8080"}],"53/udp":null},)"
    R"("IPAddress":"172.17.0.2","Networks":{}},"Mounts":[{"Type":"bind","Source":"/a","Destination":"/b",)"
    R"("Mode":"","RW":true,"Propagation":"rprivate"}],"Extra":{"k":1}})";

constexpr std::string_view kImage =
    R"({"Id":"sha256:1","RepoTags":["a:1"],"RepoDigests":[],"Created":"2026-01-02T03:04:05Z",)"
    R"("Config":{"Env":["A=b"],"Cmd":["sh"],"ExposedPorts":{"80/tcp":{}},"Labels":{"q":"r"},)"
    R"("Healthcheck":{"Test":["CMD","true"],"Interval":5000000000}},"Architecture":"amd64","Os":"linux",)"
    R"("Size":5,"GraphDriver":{"Name":"overlay2","Data":{"a":"b"}},"RootFS":{"Type":"layers",)"
    R"("Layers":["sha256:2"]},"Metadata":{"LastTagTime":"0001-01-01T00:00:00Z"}})";

constexpr std::string_view kNetwork =
    R"({"Name":"n","Id":"1","Created":"2026-01-02T03:04:05.6+05:45","Scope":"local","Driver":"bridge",)"
    R"("IPAM":{"Driver":"default","Options":null,"Config":[{"Subnet":"10.0.0.0/8","Gateway":"10.0.0.1"}]},)"
    R"("Containers":{"c1":{"Name":"web","IPv4Address":"10.0.0.2/8"}},"Options":{},"Labels":{"a":"<b>"}})";

constexpr std::string_view kVolume =
    R"({"Name":"v","Driver":"local","Mountpoint":"/m","Scope":"local","Labels":null,"Options":{"o":"<p>"},)"
    R"("CreatedAt":"2026-01-02T03:04:05Z","Status":{"n":1,"f":1.5,"l":[true]},"UsageData":{"Size":-1,)"
    R"("RefCount":2}})";

std::string_view document(Root root) {
  switch (root) {
    case Root::container:
      return kContainer;
    case Root::image:
      return kImage;
    case Root::network:
      return kNetwork;
    default:
      return kVolume;
  }
}

struct Case {
  Root root;
  std::string_view text, output;
};

// What docker 28.2.2 prints for `inspect -f` of these documents.
constexpr Case kCases[] = {
    {Root::container, "{{json .}}",
     R"({"Id":"abc","Created":"2026-01-02T03:04:05.678Z","Path":"sh","Args":["-c","x"],"State":{"Status":"running","Running":true,"Paused":false,"Restarting":false,"OOMKilled":false,"Dead":false,"Pid":7,"ExitCode":0,"Error":"","StartedAt":"2026-01-02T03:04:06Z","FinishedAt":""},"Image":"sha256:1","ResolvConfPath":"","HostnamePath":"","HostsPath":"","LogPath":"","Name":"/web","RestartCount":2,"Driver":"","Platform":"linux","MountLabel":"","ProcessLabel":"","AppArmorProfile":"","ExecIDs":null,"HostConfig":{"Binds":["a:/b"],"ContainerIDFile":"","LogConfig":{"Type":"","Config":null},"NetworkMode":"bridge","PortBindings":{"80/tcp":[{"HostIp":"","HostPort":"8080"}]},"RestartPolicy":{"Name":"always","MaximumRetryCount":0},"AutoRemove":false,"VolumeDriver":"","VolumesFrom":null,"ConsoleSize":[24,80],"Annotations":{"k":"v"},"CapAdd":["NET_ADMIN"],"CapDrop":null,"CgroupnsMode":"","Dns":null,"DnsOptions":null,"DnsSearch":null,"ExtraHosts":null,"GroupAdd":null,"IpcMode":"","Cgroup":"","Links":null,"OomScoreAdj":0,"PidMode":"","Privileged":false,"PublishAllPorts":false,"ReadonlyRootfs":false,"SecurityOpt":null,"UTSMode":"","UsernsMode":"","ShmSize":0,"Isolation":"","CpuShares":3,"Memory":64,"NanoCpus":5,"CgroupParent":"","BlkioWeight":0,"BlkioWeightDevice":null,"BlkioDeviceReadBps":null,"BlkioDeviceWriteBps":null,"BlkioDeviceReadIOps":null,"BlkioDeviceWriteIOps":null,"CpuPeriod":0,"CpuQuota":0,"CpuRealtimePeriod":0,"CpuRealtimeRuntime":0,"CpusetCpus":"","CpusetMems":"","Devices":null,"DeviceCgroupRules":null,"DeviceRequests":null,"MemoryReservation":0,"MemorySwap":0,"MemorySwappiness":null,"OomKillDisable":null,"PidsLimit":null,"Ulimits":[{"Name":"nofile","Hard":2,"Soft":1}],"CpuCount":0,"CpuPercent":0,"IOMaximumIOps":0,"IOMaximumBandwidth":0,"MaskedPaths":null,"ReadonlyPaths":null},"GraphDriver":{"Data":{"a":"b"},"Name":"overlay2"},"Mounts":[{"Type":"bind","Source":"/a","Destination":"/b","Mode":"","RW":true,"Propagation":"rprivate"}],"Config":{"Hostname":"h","Domainname":"","User":"","AttachStdin":false,"AttachStdout":false,"AttachStderr":false,"ExposedPorts":{"80/tcp":{}},"Tty":false,"OpenStdin":false,"StdinOnce":false,"Env":["A=b","C=<d>"],"Cmd":["sh"],"Image":"","Volumes":null,"WorkingDir":"","Entrypoint":null,"OnBuild":null,"Labels":{"a.b":"c","x":"y"},"StopSignal":"9"},"NetworkSettings":{"Bridge":"","SandboxID":"","SandboxKey":"","Ports":{"53/udp":null,"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"8080"}]},"HairpinMode":false,"LinkLocalIPv6Address":"","LinkLocalIPv6PrefixLen":0,"SecondaryIPAddresses":null,"SecondaryIPv6Addresses":null,"EndpointID":"","Gateway":"","GlobalIPv6Address":"","GlobalIPv6PrefixLen":0,"IPAddress":"172.17.0.2","IPPrefixLen":0,"IPv6Gateway":"","MacAddress":"","Networks":{}}})"},
    {Root::container, "{{json .HostConfig}}",
     R"({"Binds":["a:/b"],"ContainerIDFile":"","LogConfig":{"Type":"","Config":null},"NetworkMode":"bridge","PortBindings":{"80/tcp":[{"HostIp":"","HostPort":"8080"}]},"RestartPolicy":{"Name":"always","MaximumRetryCount":0},"AutoRemove":false,"VolumeDriver":"","VolumesFrom":null,"ConsoleSize":[24,80],"Annotations":{"k":"v"},"CapAdd":["NET_ADMIN"],"CapDrop":null,"CgroupnsMode":"","Dns":null,"DnsOptions":null,"DnsSearch":null,"ExtraHosts":null,"GroupAdd":null,"IpcMode":"","Cgroup":"","Links":null,"OomScoreAdj":0,"PidMode":"","Privileged":false,"PublishAllPorts":false,"ReadonlyRootfs":false,"SecurityOpt":null,"UTSMode":"","UsernsMode":"","ShmSize":0,"Isolation":"","CpuShares":3,"Memory":64,"NanoCpus":5,"CgroupParent":"","BlkioWeight":0,"BlkioWeightDevice":null,"BlkioDeviceReadBps":null,"BlkioDeviceWriteBps":null,"BlkioDeviceReadIOps":null,"BlkioDeviceWriteIOps":null,"CpuPeriod":0,"CpuQuota":0,"CpuRealtimePeriod":0,"CpuRealtimeRuntime":0,"CpusetCpus":"","CpusetMems":"","Devices":null,"DeviceCgroupRules":null,"DeviceRequests":null,"MemoryReservation":0,"MemorySwap":0,"MemorySwappiness":null,"OomKillDisable":null,"PidsLimit":null,"Ulimits":[{"Name":"nofile","Hard":2,"Soft":1}],"CpuCount":0,"CpuPercent":0,"IOMaximumIOps":0,"IOMaximumBandwidth":0,"MaskedPaths":null,"ReadonlyPaths":null})"},
    {Root::container, "{{.State.Status}} {{.State.Pid}} {{.ID}} {{.HostConfig.CPUShares}} {{.HostConfig.NanoCPUs}}",
     "running 7 abc 3 5"},
    {Root::container,
     "{{.NetworkSettings.Ports}} {{.Config.ExposedPorts}} {{.HostConfig.ConsoleSize}} {{.HostConfig.RestartPolicy}}",
     "map[53/udp:[] 80/tcp:[{0.0.0.0 8080}]] map[80/tcp:{}] [24 80] {always 0}"},
    {Root::container, "{{.HostConfig.Ulimits}} {{range .HostConfig.Ulimits}}{{.}}{{end}} {{.Mounts}} {{.GraphDriver}}",
     "[nofile=1:2] nofile=1:2 [{bind  /a /b   true rprivate}] {map[a:b] overlay2}"},
    {Root::container, "{{range $p, $c := .NetworkSettings.Ports}}{{$p.Port}}/{{$p.Proto}}/{{$p.Int}} {{end}}",
     "53/udp/53 80/tcp/80 "},
    {Root::container,
     R"({{printf "%T %T %T %T %T" .State .Config.Cmd .HostConfig.NetworkMode .HostConfig.ConsoleSize .NetworkSettings.Ports}})",
     "*container.State strslice.StrSlice container.NetworkMode [2]uint nat.PortMap"},
    {Root::container, R"({{printf "%#v %#v" .HostConfig.RestartPolicy .Config.Labels}})",
     R"(container.RestartPolicy{Name:"always", MaximumRetryCount:0} map[string]string{"a.b":"c", "x":"y"})"},
    {Root::container, R"({{join .Config.Cmd ","}} {{.NetworkSettings.IPAddress}} {{.State.Health}} {{json .State}})",
     R"(sh 172.17.0.2 <nil> {"Status":"running","Running":true,"Paused":false,"Restarting":false,"OOMKilled":false,"Dead":false,"Pid":7,"ExitCode":0,"Error":"","StartedAt":"2026-01-02T03:04:06Z","FinishedAt":""})"},
    {Root::image, "{{json .}}", R"({"Id":"sha256:1","RepoTags":["a:1"],"RepoDigests":[],"Parent":"","Comment":"","Created":"2026-01-02T03:04:05Z","DockerVersion":"","Author":"","Config":{"ExposedPorts":{"80/tcp":{}},"Env":["A=b"],"Cmd":["sh"],"Labels":{"q":"r"},"Healthcheck":{"Test":["CMD","true"],"Interval":5000000000}},"Architecture":"amd64","Os":"linux","Size":5,"GraphDriver":{"Data":{"a":"b"},"Name":"overlay2"},"RootFS":{"Type":"layers","Layers":["sha256:2"]},"Metadata":{"LastTagTime":"0001-01-01T00:00:00Z"}})"},
    {Root::image, "{{.Config.Cmd}} {{.Config.Healthcheck.Interval}} {{.Config.ExposedPorts}}",
     "[sh] 5s map[80/tcp:{}]"},
    {Root::image,
     "{{.Metadata.LastTagTime}} {{.Metadata.LastTagTime.IsZero}} {{.Metadata}} {{.Manifests}} {{.Descriptor}}",
     "0001-01-01 00:00:00 +0000 UTC true {0001-01-01 00:00:00 +0000 UTC} [] <nil>"},
    {Root::network, "{{json .}}",
     R"({"Name":"n","Id":"1","Created":"2026-01-02T03:04:05.6+05:45","Scope":"local","Driver":"bridge","EnableIPv4":false,"EnableIPv6":false,"IPAM":{"Driver":"default","Options":null,"Config":[{"Subnet":"10.0.0.0/8","Gateway":"10.0.0.1"}]},"Internal":false,"Attachable":false,"Ingress":false,"ConfigFrom":{"Network":""},"ConfigOnly":false,"Containers":{"c1":{"Name":"web","EndpointID":"","MacAddress":"","IPv4Address":"10.0.0.2/8","IPv6Address":""}},"Options":{},"Labels":{"a":"<b>"}})"},
    {Root::network, "{{.}}",
     "{n 1 2026-01-02 03:04:05.6 +0545 +0545 local bridge false false {default map[] [{10.0.0.0/8  10.0.0.1 map[]}]} "
     "false false false {} false map[c1:{web   10.0.0.2/8 }] map[] map[a:<b>] [] map[]}"},
    {Root::network,
     R"({{.Created}} {{.Created.Unix}} {{.Created.Format "Mon Jan _2 15:04:05.000 2006 -07:00 MST 3PM"}} {{.Created.Month}})",
     "2026-01-02 03:04:05.6 +0545 +0545 1767302345 Fri Jan  2 03:04:05.600 2026 +05:45 +0545 3AM January"},
    {Root::network, "{{.Containers}} {{.Peers}}", "map[c1:{web   10.0.0.2/8 }] []"},
    {Root::volume, "{{json .}}",
     R"({"CreatedAt":"2026-01-02T03:04:05Z","Driver":"local","Labels":null,"Mountpoint":"/m","Name":"v","Options":{"o":"<p>"},"Scope":"local","Status":{"f":1.5,"l":[true],"n":1},"UsageData":{"RefCount":2,"Size":-1}})"},
    {Root::volume, "{{.UsageData.Size}} {{.Status}} {{.ClusterVolume}}", "-1 map[f:1.5 l:[true] n:1] <nil>"},
    {Root::volume, R"({{printf "%T" .Status}} {{printf "%+v" .UsageData}})",
     "map[string]interface {} &{RefCount:2 Size:-1}"},
};

std::string failure(Root root, std::string_view text) {
  const Schema schema(root);
  const auto value = schema.decode(document(root));
  REQUIRE(value.ok());
  std::string output;
  const auto result = Template::parse(text)->execute(*value, output);
  return result ? "printed " + output : result.error().message;
}

}  // namespace

TEST_CASE("Templates print docker's types as docker does") {
  for (const Case& c : kCases) {
    CAPTURE(c.text);
    const Schema schema(c.root);
    const auto value = schema.decode(document(c.root));
    REQUIRE(value.ok());
    std::string output;
    const auto parsed = Template::parse(c.text);
    REQUIRE(parsed.ok());
    CHECK(parsed->execute(*value, output).ok());
    CHECK(output == c.output);
  }
}

TEST_CASE("A template that does not fit the types says so") {
  CHECK(failure(Root::container, "{{.Nope}}") ==
        "template: :1:2: executing \"\" at <.Nope>: can't evaluate field Nope in type container.InspectResponse");
  CHECK(failure(Root::container, "{{.State.Nope}}") ==
        "template: :1:8: executing \"\" at <.State.Nope>: can't evaluate field Nope in type *container.State");
  CHECK(failure(Root::container, "{{.Config.Healthcheck.Interval}}") ==
        "template: :1:9: executing \"\" at <.Config.Healthcheck.Interval>: nil pointer evaluating "
        "*v1.HealthcheckConfig.Interval");
  CHECK(failure(Root::container, "{{upper .HostConfig.NetworkMode}}") ==
        "template: :1:19: executing \"\" at <.HostConfig.NetworkMode>: wrong type for value; expected string; got "
        "container.NetworkMode");
}

TEST_CASE("Every schema's types resolve, and take an empty document") {
  for (int i = 0; i <= static_cast<int>(Root::version); ++i) {
    const Schema schema(static_cast<Root>(i));
    const auto value = schema.decode("{}");
    REQUIRE(value.ok());
    CHECK(value->type_name() == type_name(schema.root()));
    CHECK(value->to_json(true).starts_with("{"));
  }
}

TEST_CASE("A document of other types is refused with Go's words") {
  const Schema schema(Root::container);
  CHECK(schema.decode(R"({"State": "x"})").error().message ==
        "json: cannot unmarshal string into Go value of type container.State");
  CHECK(schema.decode(R"({"RestartCount": 1.5})").error().message ==
        "json: cannot unmarshal number 1.5 into Go value of type int");
  CHECK(schema.decode("[]").error().message ==
        "json: cannot unmarshal array into Go value of type container.InspectResponse");
  CHECK_FALSE(schema.decode("{").ok());
}
