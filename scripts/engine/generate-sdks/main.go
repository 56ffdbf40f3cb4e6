// Generates the SDKs of a package for Node.js, Python and Go, as `pulumi package gen-sdk` does with the language hosts. Reads the
// schema from standard input, and writes into a folder.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/blang/semver"
	gogen "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// noLoader loads no other package: the schema refers to none.
type noLoader struct{}

func (noLoader) LoadPackage(name string, _ *semver.Version) (*schema.Package, error) {
	return nil, fmt.Errorf("the schema refers to the package %s", name)
}

func (noLoader) LoadPackageV2(_ context.Context, descriptor *schema.PackageDescriptor) (*schema.Package, error) {
	return nil, fmt.Errorf("the schema refers to the package %s", descriptor.Name)
}

func main() {
	text, err := io.ReadAll(os.Stdin)
	check(err)
	var spec schema.PackageSpec
	check(json.Unmarshal(text, &spec))
	pkg, err := schema.ImportSpec(spec, nil, noLoader{}, schema.ValidationOptions{})
	check(err)
	nodeFiles, err := nodejs.GeneratePackage("pulumi-psc", pkg, nil, nil, false, nil)
	check(err)
	pythonFiles, err := python.GeneratePackage("pulumi-psc", pkg, nil, nil)
	check(err)
	goFiles, err := gogen.GeneratePackage("pulumi-psc", pkg, nil)
	check(err)
	for language, files := range map[string]map[string][]byte{"nodejs": nodeFiles, "python": pythonFiles, "go": goFiles} {
		for name, content := range files {
			path := filepath.Join(os.Args[1], language, name)
			check(os.MkdirAll(filepath.Dir(path), 0o755))
			check(os.WriteFile(path, content, 0o644))
		}
	}
}
