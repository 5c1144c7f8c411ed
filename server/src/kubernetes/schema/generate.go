//go:build ignore

// Prints types.ts: the built-in kinds of a Kubernetes release as Go declares them, by reflection over the public API packages. Run it in an empty folder:
//
//	go mod init schema
//	go get k8s.io/client-go@v0.36.3 k8s.io/apiextensions-apiserver@v0.36.3 k8s.io/kube-aggregator@v0.36.3
//	go run .../generate.go 1.36 > .../types.ts
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"sort"
	"strings"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes/scheme"
	aggregator "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
)

var (
	unmarshaler = reflect.TypeFor[json.Unmarshaler]()
	declared    = map[string]string{}
)

func main() {
	apiextensions.AddToScheme(scheme.Scheme)
	aggregator.AddToScheme(scheme.Scheme)
	kinds := []string{}
	for gvk, t := range scheme.Scheme.AllKnownTypes() {
		_, isObject := reflect.New(t).Interface().(metav1.Object)
		if isObject && !strings.Contains(gvk.Version, "alpha") && !strings.Contains(gvk.Version, "beta") {
			kinds = append(kinds, fmt.Sprintf("%s %s %s", gvk.GroupVersion(), gvk.Kind, name(t, "")))
		}
	}
	sort.Strings(kinds)
	types := []string{}
	for id, text := range declared {
		types = append(types, id+" "+text)
	}
	sort.Strings(types)
	fmt.Printf("/** Kinds and types of Kubernetes %s: identifiers alone, taken by generate.go from the Go modules k8s.io/{api,apimachinery,apiextensions-apiserver,kube-aggregator} (Apache-2.0). */\n", os.Args[1])
	fmt.Printf("export const release = %q;\n\n", os.Args[1])
	fmt.Printf("/** One kind a line: apiVersion, kind, type. */\nexport const kinds = `\n%s\n`;\n\n", strings.Join(kinds, "\n"))
	fmt.Printf("/** One type a line, its fields in the order of Go: `name type`, `+Name type` for an embedded struct, `@key` for the merge key of a list. */\nexport const types = `\n%s\n`;\n", strings.Join(types, "\n"))
}

// name gives a type's id as seen from a package, and declares it on the way.
func name(t reflect.Type, from string) string {
	if t.Kind() == reflect.Pointer {
		return name(t.Elem(), from)
	}
	if t.Name() == "" || t.PkgPath() == "" {
		switch t.Kind() {
		case reflect.Slice:
			return "[]" + name(t.Elem(), from)
		case reflect.Map:
			return "map[" + name(t.Key(), from) + "]" + name(t.Elem(), from)
		}
		return t.Kind().String()
	}
	home := short(t.PkgPath())
	id := home + "." + t.Name()
	if _, done := declared[id]; !done {
		declared[id] = ""
		declared[id] = declaration(t, home)
	}
	if home == from {
		return t.Name()
	}
	return id
}

func declaration(t reflect.Type, home string) string {
	if strings.HasPrefix(t.Name(), "JSONSchemaPropsOr") {
		return "custom " + name(reflect.TypeFor[apiextensions.JSONSchemaProps](), home)
	}
	if reflect.PointerTo(t).Implements(unmarshaler) {
		return "custom"
	}
	switch t.Kind() {
	case reflect.Struct:
		fields := []string{}
		for i := range t.NumField() {
			f := t.Field(i)
			key, options, _ := strings.Cut(f.Tag.Get("json"), ",")
			if key == "-" || !f.IsExported() {
				continue
			}
			if key == "" && (f.Anonymous || strings.Contains(options, "inline")) {
				key = "+" + f.Name
			}
			field := key + " " + name(f.Type, home)
			if merge := f.Tag.Get("patchMergeKey"); merge != "" {
				field += "@" + merge
			}
			fields = append(fields, field)
		}
		return "{" + strings.Join(fields, ",") + "}"
	case reflect.Slice:
		return "[]" + name(t.Elem(), home)
	case reflect.Map:
		return "map[" + name(t.Key(), home) + "]" + name(t.Elem(), home)
	}
	return t.Kind().String()
}

// short is a package's group and version: k8s.io/api/core/v1 gives core/v1.
func short(path string) string {
	parts := strings.Split(path, "/")
	return strings.Join(parts[len(parts)-min(2, len(parts)):], "/")
}
